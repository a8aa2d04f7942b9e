package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

/** Checks that each log event takes one line, and that a known fault at the start is logged once, without a trace. */
class LogLineFilterTest {

    private static final String FORGED = "camera\r\n2026-01-01 INFO admin: unload by alice: done\u2028\u001b[2J\u202e";

    private final PatternFormatter format = new PatternFormatter("%p %s%e%n");

    @Test
    void controlCharactersOfAClientAreEscapedInLogMessages() {
        ExtLogRecord event =
                new ExtLogRecord(Level.INFO, "device '%s' is open", ExtLogRecord.FormatStyle.PRINTF, "test");
        event.setParameters(new Object[] {FORGED});

        assertThat(logged(event))
                .isEqualTo(
                        "INFO device 'camera\\u000d\\u000a2026-01-01 INFO admin: unload by alice: done\\u2028\\u001b[2J"
                                + "\\u202e' is open" + System.lineSeparator());
    }

    @Test
    void controlCharactersOfAnExceptionAreEscaped() {
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
    void singleLineLogRecordIsUnchanged() {
        ExtLogRecord event = new ExtLogRecord(Level.INFO, "ä 100 % {0}", ExtLogRecord.FormatStyle.NO_FORMAT, "test");
        IllegalStateException fault = new IllegalStateException("plain");
        event.setThrown(fault);

        assertThat(logged(event)).startsWith("INFO ä 100 % {0}");
        assertThat(event.getThrown()).isSameAs(fault);
    }

    @Test
    void theWarningOfTheSeparateGrpcServerIsLeftOutAndNoOther() {
        LogLineFilter filter = new LogLineFilter();

        assertThat(filter.isLoggable(warning("Using legacy gRPC support with a separate HTTP server instance.")))
                .isFalse();
        assertThat(filter.isLoggable(warning("Started gRPC server on 0.0.0.0:8001")))
                .isTrue();
    }

    @Test
    void aSettingThatIsRefusedAtTheStartIsSaidInOneLine() {
        IllegalArgumentException refusal = new IllegalArgumentException(
                "scopegate.max-streams: at least 1, not 0\n", new IllegalStateException("as it was read"));

        assertThat(logged(failedStart(new RuntimeException("Failed to start", refusal))))
                .isEqualTo("SEVERE Failed to start application: scopegate.max-streams: at least 1, not 0\\u000a"
                        + System.lineSeparator());
    }

    @Test
    void refusedSettingIsLoggedOnceWhenSeveralPartsFailToStart() {
        LogLineFilter filter = new LogLineFilter();
        IllegalArgumentException refusal = new IllegalArgumentException("scopegate.max-streams: at least 1, not 0");
        ExtLogRecord grpc = new ExtLogRecord(Level.SEVERE, "Unable to start the gRPC server", "test");
        grpc.setThrown(refusal);

        assertThat(filter.isLoggable(grpc)).isTrue();
        assertThat(filter.isLoggable(failedStart(new RuntimeException(refusal))))
                .isFalse();
        assertThat(filter.isLoggable(failedStart(new IllegalArgumentException("scopegate.workers: another"))))
                .isTrue();
    }

    @Test
    void takenGrpcPortIsLoggedInOneLineWithItsSetting() {
        ExtLogRecord event = new ExtLogRecord(Level.SEVERE, "Unable to start the gRPC server", "test");
        event.setThrown(new ExecutionException(new BindException("Port already bound: 8001")));

        assertThat(logged(event))
                .isEqualTo("SEVERE Unable to start the gRPC server: quarkus.grpc.server.port: Port already bound: 8001;"
                        + " stop the process that uses it, or set another port" + System.lineSeparator());
    }

    @Test
    void aGrpcAddressThatIsNotOfThisMachineIsSaidWithItsSettings() {
        ExtLogRecord event = new ExtLogRecord(Level.SEVERE, "Unable to start the gRPC server", "test");
        event.setThrown(new BindException("Unable to bind to host: 10.0.0.1 and port: 8001: Cannot assign"));

        assertThat(logged(event))
                .isEqualTo("SEVERE Unable to start the gRPC server: quarkus.grpc.server.host and"
                        + " quarkus.grpc.server.port: Unable to bind to host: 10.0.0.1 and port: 8001: Cannot assign"
                        + System.lineSeparator());
    }

    @Test
    void aGrpcPortThatIsTakenIsSaidOnce() {
        LogLineFilter filter = new LogLineFilter();
        ExtLogRecord event = new ExtLogRecord(Level.SEVERE, "Unable to start the gRPC server", "test");
        event.setThrown(new BindException("Port already bound: 8001"));

        assertThat(filter.isLoggable(new ExtLogRecord(Level.SEVERE, "Unable to start the gRPC server", "test")))
                .isFalse();
        assertThat(filter.isLoggable(event)).isTrue();
        assertThat(filter.isLoggable(new ExtLogRecord(Level.SEVERE, ScopegateServer.NO_GRPC, "test")))
                .isFalse();
    }

    @Test
    void missingGrpcServerIsLoggedWithoutAnotherExplanation() {
        assertThat(logged(new ExtLogRecord(Level.SEVERE, ScopegateServer.NO_GRPC, "test")))
                .contains("the gRPC server did not start");
    }

    @Test
    void anHttpPortThatIsTakenIsSaidInOneLineWithItsSetting() {
        ExtLogRecord event = new ExtLogRecord(
                Level.SEVERE,
                "Port %d seems to be in use by another process. Quarkus may already be running or the port is used by"
                        + " another application.",
                ExtLogRecord.FormatStyle.PRINTF,
                "test");
        event.setParameters(new Object[] {8080});

        assertThat(logged(event))
                .isEqualTo(
                        "SEVERE Unable to start the HTTP server: quarkus.http.port: port already bound: 8080; stop the"
                                + " process that uses it, or set another port" + System.lineSeparator());
        LogLineFilter filter = new LogLineFilter();
        assertThat(filter.isLoggable(warning("Use 'ss -anop | grep 8080' or 'netstat -anop | grep 8080' to identify")))
                .isFalse();
        assertThat(filter.isLoggable(warning("You can try to kill it with 'kill -9 <pid>'.")))
                .isFalse();
    }

    @Test
    void anHttpAddressThatIsNotOfThisMachineIsSaidWithItsSetting() {
        assertThat(logged(new ExtLogRecord(Level.SEVERE, "Unable to bind to host: 10.0.0.1 and port: 8080.", "test")))
                .contains("quarkus.http.host and quarkus.http.port: Unable to bind to host: 10.0.0.1 and port: 8080.");
    }

    @Test
    void unexpectedExceptionKeepsItsStackTrace() {
        IllegalArgumentException ofALibrary = new IllegalArgumentException("Illegal character");
        ofALibrary.setStackTrace(new StackTraceElement[] {new StackTraceElement("java.net.URI", "create", null, 1)});

        assertThat(logged(failedStart(new NullPointerException("config")))).contains("NullPointerException: config");
        assertThat(logged(failedStart(new RuntimeException(ofALibrary)))).contains("\tat java.net.URI.create");
    }

    @Test
    void aRefusalWhileItRunsKeepsItsTrace() {
        ExtLogRecord event = new ExtLogRecord(Level.SEVERE, "a single call cannot be handled", "test");
        event.setThrown(new IllegalArgumentException("of a call"));

        assertThat(logged(event)).contains("\tat io.scopegate.server.LogLineFilterTest");
    }

    private static ExtLogRecord failedStart(Throwable fault) {
        ExtLogRecord event = new ExtLogRecord(Level.SEVERE, "Failed to start application", "test");
        event.setThrown(fault);
        return event;
    }

    private static ExtLogRecord warning(String text) {
        return new ExtLogRecord(Level.WARNING, text, "test");
    }

    private String logged(ExtLogRecord event) {
        assertThat(new LogLineFilter().isLoggable(event)).isTrue();
        return format.format(event);
    }
}
