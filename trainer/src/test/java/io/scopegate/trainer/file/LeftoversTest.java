package io.scopegate.trainer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void whatWasMovedToItsPlaceIsKept() throws IOException {
        Path draft = draft("a");
        leftovers.add(draft);
        Path place = Files.move(draft, folder.resolve("place"));

        leftovers.remove();

        assertThat(place.resolve("in")).exists();
    }

    @Test
    void whatIsForgottenIsKept() throws IOException {
        Path draft = draft("a");
        leftovers.add(draft);
        leftovers.forget(draft);

        leftovers.remove();

        assertThat(draft).exists();
        assertThat(leftovers.areRemoved()).isFalse();
    }

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
