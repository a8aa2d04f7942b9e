package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class OneLineTest {

    private static final String FORGED = "camera\r\n2026-01-01 INFO admin: unload by alice: done\u2028\u001b[2J\u202e";

    private final PatternFormatter format = new PatternFormatter("%p %s%e%n");

    @Test
    void whatAClientSaysStaysOnTheLineOfItsEvent() {
        ExtLogRecord event =
                new ExtLogRecord(Level.INFO, "device '%s' is open", ExtLogRecord.FormatStyle.PRINTF, "test");
        event.setParameters(new Object[] {FORGED});

        assertThat(logged(event))
                .isEqualTo(
                        "INFO device 'camera\\u000d\\u000a2026-01-01 INFO admin: unload by alice: done\\u2028\\u001b[2J"
                                + "\\u202e' is open" + System.lineSeparator());
    }

    @Test
    void soDoesWhatAFaultSays() {
        ExtLogRecord event = new ExtLogRecord(Level.INFO, "it fails", "test");
        IllegalStateException fault = new IllegalStateException("outer", new IllegalArgumentException(FORGED));
        fault.addSuppressed(new IllegalStateException(FORGED));
        event.setThrown(fault);

        String text = logged(event);

        assertThat(text).contains("java.lang.IllegalStateException: outer", "camera\\u000d\\u000a2026-01-01");
        assertThat(text).contains("Caused by: java.lang.IllegalArgumentException: ", "Suppressed: ");
        assertThat(text).doesNotContain("camera\r");
        assertThat(text.lines()).noneMatch(line -> line.startsWith("2026"));
    }

    @Test
    void whatIsOnOneLineAlreadyIsLeftAsItIs() {
        ExtLogRecord event = new ExtLogRecord(Level.INFO, "ä 100 % {0}", ExtLogRecord.FormatStyle.NO_FORMAT, "test");
        IllegalStateException fault = new IllegalStateException("plain");
        event.setThrown(fault);

        assertThat(logged(event)).startsWith("INFO ä 100 % {0}");
        assertThat(event.getThrown()).isSameAs(fault);
    }

    @Test
    void theWarningOfTheSeparateGrpcServerIsLeftOutAndNoOther() {
        OneLine filter = new OneLine();

        assertThat(filter.isLoggable(warning("Using legacy gRPC support with a separate HTTP server instance.")))
                .isFalse();
        assertThat(filter.isLoggable(warning("Started gRPC server on 0.0.0.0:8001")))
                .isTrue();
    }

    private static ExtLogRecord warning(String text) {
        return new ExtLogRecord(Level.WARNING, text, "test");
    }

    private String logged(ExtLogRecord event) {
        assertThat(new OneLine().isLoggable(event)).isTrue();
        return format.format(event);
    }
}
