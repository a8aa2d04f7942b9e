package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.prepare.TestPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameLoaderTest {

    private static final int FRAMES = 24;

    @TempDir
    Path folder;

    private final List<LabelledFrame> frames = new ArrayList<>();

    @BeforeEach
    void writePictures() throws IOException {
        for (int k = 0; k < FRAMES; k++) {
            Path file = folder.resolve(k + ".png");
            TestPictures.write(file, BufferedImage.TYPE_INT_RGB, k);
            frames.add(new LabelledFrame(file, Label.IN_BODY, "g"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 30})
    void tensorsAndTheirOrderAreTheSameForEveryNumberOfThreads(int threads) throws IOException {
        List<float[]> several = tensors(threads);

        assertThat(several)
                .hasSize(FRAMES)
                .usingElementComparator(java.util.Arrays::compare)
                .containsExactlyElementsOf(tensors(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void firstFrameThatCannotBeReadIsNamedWhateverTheThreads(int threads) throws IOException {
        Files.writeString(folder.resolve("5.png"), "no picture");
        Files.writeString(folder.resolve("6.png"), "");
        Files.delete(folder.resolve("20.png"));

        assertThatThrownBy(() -> tensors(threads))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(folder.resolve("5.png") + ": ");
    }

    /** The system's own message says only that something is a folder. */
    @Test
    void frameWhoseReadingFailsIsNamed() throws IOException {
        Path file = folder.resolve("5.png");
        Files.delete(file);
        Files.createDirectory(file);

        assertThatThrownBy(() -> tensors(2)).isInstanceOf(IOException.class).hasMessage(file + ": is a directory");
    }

    @Test
    void frameOnWhichTheReaderFailsInAnUnforeseenWayIsNamed() {
        FrameLoader loader = new FrameLoader(2, done -> {});

        assertThatThrownBy(() -> loader.load(
                        frames,
                        (reader, file) -> {
                            throw new ArithmeticException("/ by zero");
                        },
                        nothing -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(folder.resolve("0.png") + ": not read: java.lang.ArithmeticException: / by zero");
    }

    @Test
    void noMoreFramesThanTwiceTheThreadsAreReadAhead() throws IOException {
        AtomicInteger read = new AtomicInteger();
        List<Integer> ahead = new ArrayList<>();

        new FrameLoader(3, done -> {})
                .load(frames, (reader, file) -> read.incrementAndGet(), number -> ahead.add(read.get() - ahead.size()));

        assertThat(ahead).hasSize(FRAMES).allMatch(count -> count <= 6);
    }

    @Test
    void progressCountsOnOverSeveralLists() throws IOException {
        List<Integer> heard = new ArrayList<>();
        FrameLoader loader = new FrameLoader(2, heard::add);

        loader.load(frames.subList(0, 2), FrameReader::tensor, tensor -> {});
        loader.load(frames.subList(2, 3), FrameReader::tensor, tensor -> {});

        assertThat(heard).containsExactly(1, 2, 3);
    }

    @Test
    void framesThatNeedMoreMemoryThanThePlanGrantsAreRefused() {
        MemoryLimit oneMiB = new MemoryLimit(1 << 20);

        assertThatThrownBy(() -> TensorSamples.load(
                        frames, new FrameLoader(2, done -> {}), oneMiB, TensorAugmentation.REFERENCE))
                .hasMessage("data.memoryMiB: 24 decoded frames need 18 or more, got 1");
    }

    @Test
    void outOfMemoryMessageNamesTheHeapSizeOption() {
        FrameLoader loader = new FrameLoader(2, done -> {});

        assertThatThrownBy(() -> loader.load(
                        frames,
                        (reader, file) -> {
                            throw new OutOfMemoryError("Java heap space");
                        },
                        nothing -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("out of memory after 0 decoded frames, with the Java heap of \\d+ MiB"
                        + " \\(SCOPEGATE_JAVA_OPTS=-Xmx\\d+g makes it larger\\)");
    }

    private List<float[]> tensors(int threads) throws IOException {
        List<float[]> tensors = new ArrayList<>();
        new FrameLoader(threads, done -> {}).load(frames, FrameReader::tensor, tensors::add);
        return tensors;
    }
}
