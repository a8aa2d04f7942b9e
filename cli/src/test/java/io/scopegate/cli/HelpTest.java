package io.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Checks the help of all commands. */
class HelpTest {

    /** Returns all commands that do something; the others only group commands. */
    static Stream<CommandLine> commands() {
        return within(Scopegate.commands());
    }

    private static Stream<CommandLine> within(CommandLine command) {
        Map<String, CommandLine> own = command.getSubcommands();
        return own.isEmpty() ? Stream.of(command) : own.values().stream().flatMap(HelpTest::within);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpOfEveryCommandListsItsExitStatuses(CommandLine command) {
        assertThat(command.getUsageMessage(Ansi.OFF))
                .contains("Exit status:")
                .containsPattern("(?m)^  0 +\\S")
                .containsPattern("(?m)^  1 +\\S")
                .containsPattern("(?m)^  2 +wrong arguments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "publish", "evaluate", "infer", "export"})
    void helpListsStatus3IfAModelCanFail(String command) {
        assertThat(help(command)).containsPattern("(?m)^  3 +\\S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "prepare", "sample-data", "bench-train"})
    void helpOmitsStatus3IfNoModelCanFail(String command) {
        assertThat(help(command)).doesNotContainPattern("(?m)^  3 +\\S");
    }

    /** Picocli treats each line as a format string, and prints a warning in the help if it is not a valid one. */
    @ParameterizedTest
    @MethodSource("commands")
    void descriptionsAreFormats(CommandLine command) {
        for (String line : command.getCommandSpec().usageMessage().description()) {
            assertThatCode(() -> String.format(Locale.ROOT, line)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench", "bench-targets", "doctor", "evaluate", "infer"})
    void helpNamesTheServeOptionsForTheTarget(String command) {
        // Picocli may break a line after any full stop, even within a key.
        assertThat(help(command).replaceAll("\\s+", ""))
                .contains("tensorrt-fp16", "serve's--target", "scopegate.inference.precision");
    }

    /** The launcher has a list of its own, which it shows before anything is built. */
    @Test
    void theLauncherListsEveryCommand() throws IOException {
        String launcher = Files.readString(
                Path.of(System.getProperty("scopegate.root", "..")).resolve("scopegate"));

        assertThat(Scopegate.commands().getSubcommands().keySet())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(launcher).containsPattern("(?m)^  " + command + " +[A-Z]"));
    }

    private static String help(String command) {
        return Objects.requireNonNull(Scopegate.commands().getSubcommands().get(command))
                .getUsageMessage(Ansi.OFF);
    }
}
