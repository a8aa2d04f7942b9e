package io.scopegate.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.audit.AuditEvent;
import io.scopegate.audit.AuditFiles;
import io.scopegate.audit.LogLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {

    @TempDir
    Path folder;

    @Test
    void aLogThatIsNotThereIsNamedWithTheKindOfFault() {
        StringWriter errors = new StringWriter();
        Path missing = folder.resolve("none");

        int status = new CommandLine(new VerifyCommand())
                .setErr(new PrintWriter(errors, true))
                .execute(missing.toString());

        assertThat(status).isEqualTo(1);
        assertThat(errors.toString()).isEqualToIgnoringNewLines("scopegate: " + missing + ": no such file or folder");
    }

    @Test
    void aLogWithoutALineProvesNothing() throws IOException {
        Files.createFile(folder.resolve("audit-00000001.jsonl"));
        Files.createFile(folder.resolve("audit-00000002.jsonl"));
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();

        int status = new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(folder.toString());

        assertThat(status).isEqualTo(1);
        assertThat(output.toString()).isEmpty();
        assertThat(errors.toString())
                .isEqualToIgnoringNewLines("scopegate: " + folder + ": the audit log is empty; a server writes a"
                        + " line when it starts, so none has started or the lines were removed");
    }

    @Test
    void jsonOutputStatesWhyALogCannotBeVerified() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path missing = folder.resolve("none");

        assertThat(unproven(empty)).isEqualTo(empty + ": no audit log found");
        assertThat(unproven(missing)).isEqualTo(missing + ": no such file or folder");
    }

    /** Verifies a log that proves nothing with {@code --json}, and returns the reason in the one object printed. */
    private static String unproven(Path log) throws IOException {
        StringWriter output = new StringWriter();

        int status = new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(new StringWriter(), true))
                .execute("--json", log.toString());

        assertThat(status).isEqualTo(1);
        JsonNode answer = new ObjectMapper().readTree(output.toString());
        assertThat(answer.path("whole").isNull()).isTrue();
        return answer.path("reason").asText();
    }

    @Test
    void aWholeLogIsToldWithItsHead() throws IOException {
        StringWriter output = new StringWriter();
        Instant now = Instant.parse("2026-11-25T10:00:00Z");
        String head;
        try (AuditFiles log = AuditFiles.open(folder, LogLimits.keepingAll(1 << 20), now)) {
            log.write(List.of(AuditEvent.of(now, "test"), AuditEvent.of(now, "test")));
            head = log.head();
        }

        int status = new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(output, true))
                .execute(folder.toString());

        assertThat(status).isZero();
        assertThat(output.toString())
                .isEqualToIgnoringNewLines("whole: 2 lines in 1 files, complete from the first line; head " + head);
    }
}
