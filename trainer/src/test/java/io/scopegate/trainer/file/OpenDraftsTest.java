package io.scopegate.trainer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls {@code remove()} where the process would call it in its shutdown hook. */
class OpenDraftsTest {

    @TempDir
    Path folder;

    private final OpenDrafts openDrafts = new OpenDrafts();

    @Test
    void draftsInUseAreRemovedWithAllThatIsInThem() throws IOException {
        Path draft = draft("a");
        Files.writeString(draft.resolve("in/file"), "content");
        openDrafts.add(draft);

        openDrafts.remove();

        assertThat(draft).doesNotExist();
        assertThat(openDrafts.areRemoved()).isTrue();
    }

    /** A draft that was registered and then renamed to its final place is not removed. */
    @Test
    void movedDraftIsNotRemoved() throws IOException {
        Path draft = draft("a");
        openDrafts.add(draft);
        Path place = Files.move(draft, folder.resolve("place"));

        openDrafts.remove();

        assertThat(place.resolve("in")).exists();
    }

    /** A draft that is no longer registered is not removed, and no removal is reported. */
    @Test
    void forgottenDraftIsNotRemoved() throws IOException {
        Path draft = draft("a");
        openDrafts.add(draft);
        openDrafts.forget(draft);

        openDrafts.remove();

        assertThat(draft).exists();
        assertThat(openDrafts.areRemoved()).isFalse();
    }

    /** A signal arrives while a run is to save its state, and again when it has. */
    @Test
    void draftsThatAreHeldStayUntilTheyAreReleased() throws IOException {
        Path draft = draft("a");
        openDrafts.add(draft);
        openDrafts.hold();

        openDrafts.removeUnlessHeld();

        assertThat(draft).exists();
        openDrafts.add(draft("b"));

        openDrafts.release();
        openDrafts.removeUnlessHeld();

        assertThat(folder).isEmptyDirectory();
    }

    /** Who held the drafts removes them without releasing them first. */
    @Test
    void heldDraftsAreRemovedOnRequest() throws IOException {
        openDrafts.add(draft("a"));
        openDrafts.hold();

        openDrafts.remove();

        assertThat(folder).isEmptyDirectory();
    }

    /** A draft that is added after {@code remove()} is refused and removed at once. */
    @Test
    void noDraftIsBegunAnyMoreWhileTheProcessEnds() throws IOException {
        openDrafts.remove();
        Path draft = draft("a");

        assertThatThrownBy(() -> openDrafts.add(draft)).isInstanceOf(IOException.class);

        assertThat(draft).doesNotExist();
        assertThat(openDrafts.areRemoved()).isTrue();
    }

    private Path draft(String name) throws IOException {
        Path draft = folder.resolve(name);
        Files.createDirectories(draft.resolve("in"));
        return draft;
    }
}
