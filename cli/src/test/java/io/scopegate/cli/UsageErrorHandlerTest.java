package io.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Calls commands with wrong arguments: status 2, the reason, and where the help is, but not the help itself. */
class UsageErrorHandlerTest {

    private final StringWriter errors = new StringWriter();

    /** Returns the qualified names of all commands and subcommands. */
    static Stream<String> commands() {
        return names(Scopegate.commands());
    }

    private static Stream<String> names(CommandLine command) {
        return command.getSubcommands().values().stream()
                .flatMap(each -> Stream.concat(Stream.of(each.getCommandSpec().qualifiedName()), names(each)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void usageErrorOfEveryCommandPrintsTheReasonWithoutTheHelp(String command) {
        List<String> words = Arrays.asList(command.split(" "));

        List<String> complaints = complaints(Stream.concat(words.stream().skip(1), Stream.of("--surely-not")));

        // A command that lacks required arguments reports those first.
        assertThat(complaints).hasSizeBetween(2, 3).endsWith("Try '" + command + " --help'.");
        assertThat(complaints.getFirst())
                .containsPattern("^scopegate: (Unknown option: '--surely-not'|Missing required )");
    }

    @Test
    void nearestNamesAreTold() {
        assertThat(complaints(Stream.of("infer", "--sample", "list.json")))
                .containsExactly(
                        "scopegate: Unknown options: '--sample', 'list.json'",
                        "Possible solutions: --samples",
                        "Try 'scopegate infer --help'.");
        assertThat(complaints(Stream.of("models", "pinn"))).contains("Did you mean: models pin or models unpin?");
    }

    @Test
    void missingAndInvalidArgumentsAreUsageErrors() {
        assertThat(complaints(Stream.of("import", "model.pt", "--models", "m")))
                .containsExactly("scopegate: Missing required option: '--name=NAME'", "Try 'scopegate import --help'.");
        assertThat(complaints(Stream.of("demo", "--seconds", "1\n2")))
                .containsExactly(
                        "scopegate: Invalid value for option '--seconds': '1?2' is not an int",
                        "Try 'scopegate demo --help'.");
        for (String command : List.of("bench", "soak overload", "soak reloads")) {
            assertThat(complaints(Stream.of((command + " --size 1").split(" "))))
                    .containsExactly(
                            "scopegate: --size: expected WIDTHxHEIGHT such as 640x360, got '1'",
                            "Try 'scopegate " + command + " --help'.");
        }
        assertThat(complaints(Stream.of("classify", "--server", "localhost", "a.jpg")))
                .containsExactly(
                        "scopegate: --server: target is \"localhost\", expected host:port",
                        "Try 'scopegate classify --help'.");
        assertThat(complaints(Stream.of("models", "list", "--server", "localhost:0")))
                .containsExactly("scopegate: --server: port: 1 to 65535, not 0", "Try 'scopegate models list --help'.");
        assertThat(complaints(Stream.of("publish", "--run", "r")))
                .containsExactly("scopegate: --config is required", "Try 'scopegate publish --help'.");
        assertThat(complaints(Stream.of("bench-train", "--steps", "0")))
                .containsExactly(
                        "scopegate: --steps: a number from 1 to 2147483647, not 0",
                        "Try 'scopegate bench-train --help'.");
    }

    @ParameterizedTest
    @CsvSource({
        "bench --fps NaN, --fps must be at least 0",
        "bench --fps Infinity, --fps must be at most 1000",
        "bench --fps 1000.5, --fps must be at most 1000",
        "bench --reload-every Infinity, --reload-every must be at most 2147483647",
        "soak reloads --fps NaN, --fps must be at least 1",
        "soak reloads --fps Infinity, --fps must be at most 1000",
        "soak reloads --fps 1000.5, --fps must be at most 1000"
    })
    void aRateThatNoServerTakesIsRefusedBeforeOneIsStarted(String command, String limit) {
        // Without the refusal the missing model would be the fault, with status 1.
        List<String> words = List.of((command + " --model /absent").split(" "));

        assertThat(complaints(words.stream()).getFirst())
                .isEqualTo("scopegate: " + limit + ", got " + command.substring(command.lastIndexOf(' ') + 1));
    }

    private List<String> complaints(Stream<String> arguments) {
        errors.getBuffer().setLength(0);
        int status =
                Scopegate.commands().setErr(new PrintWriter(errors, true)).execute(arguments.toArray(String[]::new));
        assertThat(status).isEqualTo(2);
        return errors.toString().lines().toList();
    }
}
