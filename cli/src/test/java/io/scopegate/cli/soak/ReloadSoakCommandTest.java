package io.scopegate.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReloadSoakCommandTest {

    private final StringWriter errors = new StringWriter();

    @Test
    void countBelow51IsAUsageError() {
        assertThat(execute("--count", "50", "--model", "/absent")).isEqualTo(2);

        assertThat(errors.toString()).startsWith("--count must be at least 51, got 50");
    }

    /** The missing model is then the fault. */
    @Test
    void countOf51IsAccepted() {
        assertThat(execute("--count", "51", "--model", "/absent")).isEqualTo(1);

        assertThat(errors.toString()).startsWith("scopegate soak: /absent/manifest.json: cannot be read");
    }

    private int execute(String... arguments) {
        return new CommandLine(new ReloadSoakCommand())
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
