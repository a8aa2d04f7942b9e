package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.plan.FrameSource.Rendered;
import io.scopegate.trainer.plan.PlanReader;
import io.scopegate.trainer.plan.TrainingPlan.DataPlan;
import io.scopegate.trainer.sampledata.FrameSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLimitTest {

    private static final long GIB = 1L << 30;
    private static final int REAL_FRAMES_OF_THE_DEMO = 148;

    @Test
    void framesBeyondTheHeapAreRefusedWithinThePlanLimit() {
        MemoryLimit limit = new MemoryLimit(8 * GIB, new JavaHeap(4 * GIB));

        assertThatThrownBy(() -> limit.requireTensors(6000))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "6000 decoded frames of 4500 MiB or more take 6000 MiB, too much for the Java heap of 4096 MiB"
                                + " (SCOPEGATE_JAVA_OPTS=-Xmx7g makes it larger)");
        assertThatThrownBy(() -> limit.takeTensors(6000)).hasMessageContaining("4500 MiB");
    }

    @Test
    void aHighLimitIsNoReasonToRefuseFewFrames() {
        MemoryLimit limit = new MemoryLimit(64 * GIB, new JavaHeap(GIB));

        assertThatCode(() -> limit.takeTensors(800)).doesNotThrowAnyException();
    }

    /**
     * Heaps of 1 to 4 GiB really hold 1020, 2044, 3070 and 4094 tensors, as counted by calling {@code new byte[786432]}
     * until memory ran out; the limit stays below that.
     */
    @ParameterizedTest
    @CsvSource({"1, 896", "2, 1792", "3, 2816", "4, 3840"})
    void tensorCountIsLimitedByHeapRegions(long gibibytes, int most) {
        MemoryLimit limit = new MemoryLimit(64 * GIB, new JavaHeap(gibibytes * GIB));

        assertThatCode(() -> limit.requireTensors(most)).doesNotThrowAnyException();
        assertThatThrownBy(() -> limit.requireTensors(most + 1)).hasMessageContaining("too much for");
    }

    /** A larger heap has larger regions, at whose ends less is lost: 9900 tensors of 0.75 MiB are accepted in 8 GiB. */
    @Test
    void largerHeapLosesLessToRegionEnds() {
        MemoryLimit limit = new MemoryLimit(64 * GIB, new JavaHeap(8 * GIB));

        assertThatCode(() -> limit.requireTensors(9900)).doesNotThrowAnyException();
    }

    /** With regions of 1 MiB, a picture of 1 MiB and one byte takes two of them. */
    @Test
    void pictureOverHalfARegionTakesWholeRegions() throws IOException {
        MemoryLimit limit = new MemoryLimit(64 * GIB, new JavaHeap(GIB));
        for (int k = 0; k < 448; k++) {
            limit.take((1 << 20) + 1, 449);
        }

        assertThatThrownBy(() -> limit.take((1 << 20) + 1, 449))
                .hasMessageStartingWith("449 decoded frames of 450 MiB or more take 898 MiB, too much for ");
    }

    @Test
    void picturesAreRefusedAsSoonAsTheyAreTooMuch() throws IOException {
        MemoryLimit limit = new MemoryLimit(8 * GIB, new JavaHeap(GIB));
        limit.take(800 << 20, 9);

        assertThatThrownBy(() -> limit.take(100 << 20, 9)).hasMessageContaining("9 decoded frames of 900 MiB or more");
    }

    /** {@code requireTensors} counts nothing: the same tensors, which fit in only once, can still be taken. */
    @Test
    void requiredTensorsAreNotCountedAsTaken() throws IOException {
        MemoryLimit limit = new MemoryLimit(GIB, new JavaHeap(4 * GIB));
        limit.requireTensors(1000);

        assertThatCode(() -> limit.takeTensors(1000)).doesNotThrowAnyException();
    }

    /**
     * The demo's rendered frames are of at most the standard size, and its real ones take no more than as many pictures
     * of 1280 x 720.
     */
    @Test
    void demoFitsIntoAHeapOfFourGibibytes() throws IOException {
        Path file = Path.of(System.getProperty("scopegate.root")).resolve("configs/demo.json");
        DataPlan demo =
                PlanReader.of(List.of(file), List.of()).training().data().orElseThrow();
        int rendered = demo.sources().stream()
                .filter(Rendered.class::isInstance)
                .map(Rendered.class::cast)
                .mapToInt(Rendered::count)
                .sum();
        MemoryLimit limit = new MemoryLimit((long) demo.memoryMiB() << 20, new JavaHeap(4 * GIB));

        assertThat(rendered).isPositive();
        assertThatCode(() -> {
                    take(limit, rendered, FrameSize.STANDARD);
                    take(limit, REAL_FRAMES_OF_THE_DEMO, new FrameSize(1280, 720));
                })
                .doesNotThrowAnyException();
    }

    private static void take(MemoryLimit limit, int frames, FrameSize size) throws IOException {
        for (int k = 0; k < frames; k++) {
            limit.take(3L * size.width() * size.height(), frames);
        }
    }
}
