package io.scopegate.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReloadSoakCommandTest {

    @Test
    void countBelow51IsAUsageError() {
        StringWriter errors = new StringWriter();

        int status = new CommandLine(new ReloadSoakCommand())
                .setErr(new PrintWriter(errors, true))
                .execute("--count", "50", "--model", "/absent");

        assertThat(status).isEqualTo(2);
        assertThat(errors.toString()).startsWith("--count must be at least 51, got 50");
    }
}
