package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameTimesTest {

    @TempDir
    Path folder;

    @Test
    void timesAreThoseOfTheFilesBesideTheList() throws IOException {
        FrameTimes times = FrameTimes.read(write("label,file,seconds\ninbody,a.jpg,1.5\ninbody,b.jpg,\n"));

        assertThat(times.seconds(folder.resolve("x/../a.jpg"))).contains(1.5);
        assertThat(times.seconds(folder.resolve("b.jpg"))).isEmpty();
    }

    @Test
    void listWithoutTimesIsRefusedOnlyIfTheyAreAskedFor() throws IOException {
        Path list = write("file,label\na.jpg,inbody\n");

        assertThat(FrameTimes.readIfPresent(list)).isEqualTo(FrameTimes.NONE);
        assertThatThrownBy(() -> FrameTimes.read(list)).hasMessageContaining("columns file and seconds");
    }

    @Test
    void timeThatIsNoNumberIsNamed() throws IOException {
        Path list = write("file,seconds\na.jpg,soon\n");

        assertThatThrownBy(() -> FrameTimes.read(list)).hasMessageContaining("seconds: a number from 0, not soon");
    }

    @Test
    void twoTimesOfAFrameAreNamed() throws IOException {
        Path list = write("file,seconds\na.jpg,1\n./a.jpg,2\n");

        assertThatThrownBy(() -> FrameTimes.read(list))
                .hasMessage(list + ": seconds: one time for ./a.jpg, not 1.0 and 2.0");
    }

    private Path write(String csv) throws IOException {
        return Files.writeString(folder.resolve("times.csv"), csv);
    }
}
