package io.scopegate.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
}
