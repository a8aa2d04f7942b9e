package io.scopegate.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HealthWatchTest {

    /** Its figures would look like those of a server that is always healthy. */
    @Test
    void aWatchThatEndedByItselfIsAFault() throws Exception {
        try (HealthWatch watch = HealthWatch.start(() -> {
            throw new IllegalStateException("closed");
        })) {
            assertThatThrownBy(watch::finish)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the server's health was not measured to the end: java.lang.IllegalStateException:"
                            + " closed");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNotHealthy() throws Exception {
        try (HealthWatch watch = HealthWatch.start(() -> {
            throw new IOException("no route");
        })) {
            watch.finish();

            assertThat(watch.asked()).isPositive();
            assertThat(watch.unhealthy()).isEqualTo(watch.asked());
        }
    }
}
