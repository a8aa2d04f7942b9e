package io.scopegate.trainer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls {@code remove()} where the process would call it in its shutdown hook. */
class LeftoversTest {

    @TempDir
    Path folder;

    private final Leftovers leftovers = new Leftovers();

    @Test
    void draftsInUseAreRemovedWithAllThatIsInThem() throws IOException {
        Path draft = draft("a");
        Files.writeString(draft.resolve("in/file"), "content");
        leftovers.add(draft);

        leftovers.remove();

        assertThat(draft).doesNotExist();
        assertThat(leftovers.areRemoved()).isTrue();
    }

    /** A draft that was registered and then renamed to its final place is not removed. */
    @Test
    void movedDraftIsNotRemoved() throws IOException {
        Path draft = draft("a");
        leftovers.add(draft);
        Path place = Files.move(draft, folder.resolve("place"));

        leftovers.remove();

        assertThat(place.resolve("in")).exists();
    }

    /** A draft that is no longer registered is not removed, and no removal is reported. */
    @Test
    void forgottenDraftIsNotRemoved() throws IOException {
        Path draft = draft("a");
        leftovers.add(draft);
        leftovers.forget(draft);

        leftovers.remove();

        assertThat(draft).exists();
        assertThat(leftovers.areRemoved()).isFalse();
    }

    /** A signal arrives while a run is to save its state, and again when it has. */
    @Test
    void draftsThatAreHeldStayUntilTheyAreReleased() throws IOException {
        Path draft = draft("a");
        leftovers.add(draft);
        leftovers.hold();

        leftovers.removeUnlessHeld();

        assertThat(draft).exists();
        leftovers.add(draft("b"));

        leftovers.release();
        leftovers.removeUnlessHeld();

        assertThat(folder).isEmptyDirectory();
    }

    /** Who held the drafts removes them without releasing them first. */
    @Test
    void heldDraftsAreRemovedOnRequest() throws IOException {
        leftovers.add(draft("a"));
        leftovers.hold();

        leftovers.remove();

        assertThat(folder).isEmptyDirectory();
    }

    /** A draft that is added after {@code remove()} is refused and removed at once. */
    @Test
    void noDraftIsBegunAnyMoreWhileTheProcessEnds() throws IOException {
        leftovers.remove();
        Path draft = draft("a");

        assertThatThrownBy(() -> leftovers.add(draft)).isInstanceOf(IOException.class);

        assertThat(draft).doesNotExist();
        assertThat(leftovers.areRemoved()).isTrue();
    }

    private Path draft(String name) throws IOException {
        Path draft = folder.resolve(name);
        Files.createDirectories(draft.resolve("in"));
        return draft;
    }
}
