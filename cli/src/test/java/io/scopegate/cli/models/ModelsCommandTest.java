package io.scopegate.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.cli.report.FaultText;
import io.scopegate.client.ModelReference;
import io.scopegate.client.ModelRepositoryState;
import io.scopegate.client.ModelVersionState;
import io.scopegate.client.ModelVersionState.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ModelsCommandTest {

    private static final ModelRepositoryState STATE = new ModelRepositoryState(
            List.of(
                    new ModelVersionState(new ModelReference("inbody", "3", "sha256:c"), Status.QUARANTINED, "NaN"),
                    new ModelVersionState(new ModelReference("inbody", "2", "sha256:b"), Status.SERVED, "")),
            List.of("inbody/2"),
            List.of(),
            List.of(),
            Instant.parse("2026-11-25T00:00:00Z"));

    @TempDir
    Path directory;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void peopleGetALineForEachVersion() {
        assertThat(StateText.lines(STATE).lines())
                .containsExactly(
                        "inbody/3             quarantined  sha256:c NaN",
                        "inbody/2             served       sha256:b",
                        "pinned to inbody/2");
    }

    @Test
    void programsGetOneObject() {
        assertThat(StateText.json(STATE))
                .hasToString("{\"versions\":[{\"name\":\"inbody\",\"version\":\"3\",\"digest\":\"sha256:c\","
                        + "\"status\":\"quarantined\",\"detail\":\"NaN\"},{\"name\":\"inbody\",\"version\":\"2\","
                        + "\"digest\":\"sha256:b\",\"status\":\"served\",\"detail\":\"\"}],\"pinned\":[\"inbody/2\"],"
                        + "\"halted\":[],\"problems\":[],\"lookedAt\":\"2026-11-25T00:00:00Z\"}");
    }

    @Test
    void malformedVersionIsAUsageError() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "0123456789abcdef");

        assertThat(execute("pin", "--token-file", token.toString(), "inbody")).isEqualTo(2);
        assertThat(errors.toString()).contains("'inbody' is not NAME/VERSION, such as inbody/2");
    }

    @Test
    void aMissingTokenFileIsNamed() {
        assertThat(execute("list", "--token-file", directory + "/none")).isEqualTo(1);
        assertThat(errors.toString())
                .isEqualToIgnoringNewLines("models list: --token-file: " + directory + "/none: no such file or folder");

        assertThat(execute("list", "--token-file", directory.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("--token-file: " + directory + ": is a directory");
    }

    @Test
    void programsReadWhyARequestFailed() throws Exception {
        assertThat(execute("list", "--json", "--token-file", directory + "/none"))
                .isEqualTo(1);

        assertThat(new ObjectMapper().readTree(output.toString()))
                .isEqualTo(FaultText.json("--token-file: " + directory + "/none: no such file or folder"));
    }

    @Test
    void whatIsDoneStaysDoneIfTheConnectionCannotBeClosed() {
        int status = execute(new CommandLine(new Interrupted()), "--json");

        assertThat(status).isZero();
        assertThat(output.toString())
                .isEqualToIgnoringNewLines(StateText.json(STATE).toString());
        assertThat(errors.toString()).startsWith("interrupted: done, but ");
    }

    /** Is interrupted after the server has answered, which then ends the closing of the connection. */
    @Command(name = "interrupted")
    static final class Interrupted implements Callable<Integer> {

        @Mixin
        private AdminCall call = new AdminCall();

        @Override
        public Integer call() {
            int status = call.run(admin -> {
                Thread.currentThread().interrupt();
                return STATE;
            });
            assertThat(Thread.interrupted()).isTrue();
            return status;
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "list, list",
                "load inbody/2, load inbody/2",
                "unload inbody/2, unload inbody/2",
                "pin inbody/2, pin inbody/2",
                "unpin, unpin ''",
                "unpin inbody, unpin 'inbody'",
                "rollback, rollback ''",
                "rollback inbody, rollback 'inbody'"
            })
    void eachCommandAsksTheGivenServerForWhatItIsNamedAfter(String command, String request) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "0123456789abcdef\n");
        try (StandInAdmin server = new StandInAdmin()) {
            String[] arguments = (command + " --server " + server.address() + " --token-file " + token).split(" ");

            assertThat(execute(arguments)).isZero();

            assertThat(server.requests()).containsExactly(request);
            assertThat(server.authorizations()).containsExactly("Bearer 0123456789abcdef");
        }
    }

    @Test
    void unreachableServerIsReported() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "0123456789abcdef\n");

        assertThat(execute("list", "--server", "localhost:1", "--token-file", token.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("cannot reach the server").containsPattern("localhost/.*:1\\s+$");
    }

    @Test
    void eachCommandSaysWhatItsExitStatusMeans() {
        assertThat(new CommandLine(new ModelsCommand()).getSubcommands())
                .hasSize(6)
                .allSatisfy((name, command) -> assertThat(command.getUsageMessage())
                        .contains("Exit status:", "1   the token cannot be read", "2   wrong arguments")
                        // A pin that could not be saved is in force all the same.
                        .contains("unless the message", "'models list'"));
    }

    @Test
    void missingSubcommandIsAUsageError() {
        assertThat(execute()).isEqualTo(2);
    }

    private int execute(String... arguments) {
        return execute(new CommandLine(new ModelsCommand()), arguments);
    }

    private int execute(CommandLine command, String... arguments) {
        return command.setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
