package io.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands as separate processes whose output goes to a full disk. */
class LostOutputTest {

    private static final File FULL = new File("/dev/full");

    @Test
    void commandFailsIfStandardOutputCannotBeWritten() throws Exception {
        assumeTrue(FULL.exists(), "a file that is always full");

        Process process = start("classify", "--help");

        assertThat(errors(process)).isEqualToIgnoringNewLines("scopegate: cannot write to standard output");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void outputFailureIsReportedAndKeepsTheStatusOfAnotherFault(@TempDir Path log) throws Exception {
        assumeTrue(FULL.exists(), "a file that is always full");
        Files.writeString(log.resolve("audit-00000001.jsonl"), "no line of a log\n");

        Process process = start("audit", "verify", "--json", log.toString());

        assertThat(errors(process)).contains("scopegate: cannot write to standard output");
        assertThat(process.waitFor()).isEqualTo(3);
    }

    @Test
    void usageErrorKeepsItsStatusIfStandardOutputIsFull() throws Exception {
        assumeTrue(FULL.exists(), "a file that is always full");

        Process process = start("classify", "a.png", "--json", "--surely-not");

        assertThat(errors(process))
                .startsWith("scopegate: Unknown option")
                .contains("scopegate: cannot write to standard output");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void usageErrorWithoutJsonWritesNothingToStandardOutput() throws Exception {
        assumeTrue(FULL.exists(), "a file that is always full");

        Process process = start("classify", "a.png", "--surely-not");

        assertThat(errors(process)).startsWith("scopegate: Unknown option").doesNotContain("standard output");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private static Process start(String... arguments) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Scopegate.class.getName());
        for (String argument : arguments) {
            java.command().add(argument);
        }
        return java.redirectOutput(FULL).start();
    }

    private static String errors(Process process) throws IOException {
        try (var err = process.getErrorStream()) {
            return new String(err.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
