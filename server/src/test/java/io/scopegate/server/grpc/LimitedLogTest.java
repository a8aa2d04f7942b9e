package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.testing.LogLines;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.junit.jupiter.api.Test;

class LimitedLogTest {

    private long nanos = Long.MAX_VALUE;
    private final LimitedLog log = new LimitedLog(Logger.getLogger(LimitedLogTest.class), () -> nanos);

    @Test
    void linesOverTwentyPerSecondAreSuppressedAndCounted() {
        try (LogLines lines = new LogLines(LimitedLogTest.class)) {
            say(25);
            assertThat(lines.containing("stream")).hasSize(20);

            nanos += TimeUnit.SECONDS.toNanos(1) - 1;
            say(1);
            assertThat(lines.containing("stream")).hasSize(20);

            nanos += 1;
            say(2);
            assertThat(lines.containing("stream").subList(20, 22))
                    .containsExactly("stream 1 of 'd' (log lines suppressed before this one: 6)", "stream 2 of 'd'");
        }
    }

    @Test
    void twentyLinesPerSecondAreLogged() {
        try (LogLines lines = new LogLines(LimitedLogTest.class)) {
            for (int second = 0; second < 3; second++) {
                say(20);
                nanos += TimeUnit.SECONDS.toNanos(1);
            }

            assertThat(lines.containing("stream")).hasSize(60);
            assertThat(lines.containing("suppressed")).isEmpty();
        }
    }

    @Test
    void disabledLevelUsesNoLineAndHidesNoSuppressedCount() {
        try (LogLines lines = new LogLines(LimitedLogTest.class)) {
            for (int unread = 0; unread < 30; unread++) {
                log.say(Level.TRACE, "probe");
            }
            say(21);
            nanos += TimeUnit.SECONDS.toNanos(1);
            log.say(Level.TRACE, "probe");
            say(1);

            assertThat(lines.containing("stream")).hasSize(21);
            assertThat(lines.containing("log lines suppressed before this one: 1"))
                    .hasSize(1);
        }
    }

    private void say(int count) {
        for (int number = 1; number <= count; number++) {
            log.say(Level.WARN, "stream %d of '%s'", number, "d");
        }
    }
}
