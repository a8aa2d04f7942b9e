package io.scopegate.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void ofALogWithoutALineItIsSaidThatNoServerLeavesItSo() throws IOException {
        Files.createFile(folder.resolve("audit-00000001.jsonl"));
        StringWriter output = new StringWriter();

        int status = new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(output, true))
                .execute(folder.toString());

        assertThat(status).isZero();
        assertThat(output.toString())
                .startsWith("whole: 0 lines in 1 files")
                .contains("; a server that starts writes one: none has, or they were taken out");
    }
}
