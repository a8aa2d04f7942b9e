package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressNotesTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();
    private final ProgressNotes notes =
            new ProgressNotes(new PrintStream(said, true, StandardCharsets.UTF_8), "evaluating", 3000, nanos::get);

    @Test
    void progressIsReportedEveryTenSeconds() {
        for (int done = 1; done <= 3000; done++) {
            nanos.addAndGet(Duration.ofMillis(10).toNanos());
            notes.accept(done);
        }

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "evaluating: 1000 of 3000 (33 %)",
                        "evaluating: 2000 of 3000 (66 %)", "evaluating: 3000 of 3000 (100 %)");
    }

    @Test
    void progressIsNotReportedForAShortTask() {
        for (int done = 1; done <= 3000; done++) {
            nanos.addAndGet(Duration.ofMillis(3).toNanos());
            notes.accept(done);
        }

        assertThat(said.size()).isZero();
    }
}
