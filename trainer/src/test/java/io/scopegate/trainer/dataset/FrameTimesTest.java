package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameTimesTest {

    @TempDir
    Path folder;

    @Test
    void timesAreFoundByFilePathRelativeToTheList() throws IOException {
        FrameTimes times = FrameTimes.read(write("label,file,seconds\ninbody,a.jpg,1.5\ninbody,b.jpg,\n"));

        assertThat(times.seconds(folder.resolve("x/../a.jpg"))).contains(1.5);
        assertThat(times.seconds(folder.resolve("b.jpg"))).isEmpty();
    }

    @Test
    void timesOfFramesOfAnotherListAreAdded() throws IOException {
        FrameTimes times = FrameTimes.read(write("file,seconds\na.jpg,1\nskipped.jpg,2\n"));
        FrameTimes others = FrameTimes.read(write("file,seconds\nskipped.jpg,3\nb.jpg,4\na.jpg,9\n"));

        FrameTimes both = times.of(frames("a.jpg")).and(others.of(frames("skipped.jpg", "b.jpg", "c.jpg")));

        assertThat(both.seconds(folder.resolve("a.jpg"))).contains(1.0);
        assertThat(both.seconds(folder.resolve("skipped.jpg"))).contains(3.0);
        assertThat(both.seconds(folder.resolve("b.jpg"))).contains(4.0);
        assertThat(both.secondsOfFile()).hasSize(3);
    }

    private List<LabelledFrame> frames(String... names) {
        return Stream.of(names)
                .map(name -> new LabelledFrame(folder.resolve(name), Label.IN_BODY, "v"))
                .toList();
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

        assertThatThrownBy(() -> FrameTimes.read(list))
                .hasMessage(list + ": CSV: line 2: seconds: a number from 0, not soon");
    }

    @Test
    void twoTimesOfAFrameAreNamed() throws IOException {
        Path list = write("file,seconds\na.jpg,1\n./a.jpg,2\n");

        assertThatThrownBy(() -> FrameTimes.read(list))
                .hasMessage(list + ": CSV: line 3: seconds: one time for ./a.jpg, not 1.0 and 2.0");
    }

    private Path write(String csv) throws IOException {
        return Files.writeString(folder.resolve("times.csv"), csv);
    }
}
