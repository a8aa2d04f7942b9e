package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.dataset.FrameSet;
import io.scopegate.trainer.plan.FrameSource.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RenderedSourceTest {

    @TempDir
    Path folder;

    /** Two threads render the same source at once: both get all frames, and no draft is left. */
    @Test
    void runsThatRenderTheSameFramesAtTheSameTimeBothGetThem() throws Exception {
        Rendered source = new Rendered(folder.resolve("rendered"), 4, 3, 1);
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<FrameSet> run = () -> {
            together.await();
            return RenderedSource.read(source);
        };

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<FrameSet> each : threads.invokeAll(List.of(run, run))) {
                assertThat(each.get().frames()).hasSize(4);
            }
        }

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(source.folder());
        }
    }

    @Test
    void framesOfAnotherSeedThanThePlansAreRefused() throws IOException {
        Path rendered = folder.resolve("rendered");
        RenderedSource.read(new Rendered(rendered, 2, 1, 1));

        assertThatThrownBy(() -> RenderedSource.read(new Rendered(rendered, 2, 2, 1)))
                .isInstanceOf(IOException.class)
                .hasMessage(rendered
                        + ": contains frames of seed 1, but the configuration says 2; "
                        + "remove the folder to render it again");
    }
}
