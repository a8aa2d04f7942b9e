package io.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Checks what commands print if they cannot do what they are asked to: a missing file has to be named. */
class RefusalTest {

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bench --size 256x256 --model /absent/1",
                "bench-targets --model /absent/1",
                "soak reloads --model /absent/1",
                "soak overload --model /absent/1",
                "models list --token-file /absent/1",
                "doctor --model /absent/1",
                "engine build --model /absent/1",
                "audit verify /absent/1",
                "classify /absent/1",
                "classify --ca /absent/1 --server localhost:1 ."
            })
    void jsonOutputIsOneObjectWithTheReason(String command) throws IOException {
        assertThat(execute(command + " --json")).isEqualTo(1);

        assertThat(reason()).contains("/absent/1");
        assertThat(errors.toString()).contains("/absent/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine list", "engine prune"})
    void aProgramReadsWhyACacheCannotBeRead(String command) throws IOException {
        assertThat(execute(command + " --json --cache pom.xml")).isEqualTo(1);

        assertThat(reason()).contains("pom.xml");
        assertThat(errors.toString()).contains("pom.xml");
    }

    @Test
    void aProgramReadsWhyTheServerOfTheDemoDidNotStart() throws IOException {
        // The working directory is this module's folder, below which the demo finds no server.
        assertThat(Path.of("cli")).doesNotExist();

        assertThat(execute("demo --seconds 1 --json")).isEqualTo(1);

        assertThat(reason()).startsWith("the server did not start; end of its log:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classify --json .",
                "demo --json",
                "bench --json",
                "models list --json",
                "train --json --config x"
            })
    void aProgramReadsWhichOptionIsWrong(String command) throws IOException {
        assertThat(execute(command + " --surely-not")).isEqualTo(2);

        assertThat(reason()).contains("--surely-not");
        assertThat(errors.toString()).contains("--surely-not");
    }

    @Test
    void aWrongCallWithoutJsonPrintsNothingForPrograms() {
        assertThat(execute("classify . --surely-not")).isEqualTo(2);

        assertThat(output.toString()).isEmpty();
    }

    /** Returns the reason in the only object that was printed. */
    private String reason() throws IOException {
        assertThat(output.toString().lines()).hasSize(1);
        JsonNode answer = new ObjectMapper().readTree(output.toString());
        return answer.path("reason").asText(answer.path("reasons").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classify /absent/1",
                "classify --ca /absent/1 --server localhost:1 .",
                "bench --size 256x256 --model /absent/1",
                "bench-targets --model /absent/1",
                "soak reloads --model /absent/1",
                "models list --ca /absent/1",
                "doctor --model /absent/1",
                "engine build --model /absent/1",
                "audit verify /absent/1"
            })
    void failureWithoutJsonPrintsOneErrorLine(String command) {
        assertThat(execute(command)).isEqualTo(1);

        assertThat(output.toString()).isEmpty();
        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .startsWith("scopegate")
                .contains(": ", "/absent/1")
                .doesNotContain("Exception", "java.");
    }

    private int execute(String command) {
        CommandLine commands =
                Scopegate.commands().setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true));
        return commands.execute(command.split(" "));
    }
}
