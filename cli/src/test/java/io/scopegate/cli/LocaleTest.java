package io.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands as separate processes in an Arabic locale, whose digits and decimal separator differ. */
class LocaleTest {

    @TempDir
    Path folder;

    @Test
    void numbersAreWrittenAlikeOnEveryMachine() throws Exception {
        String out = folder.resolve("frames").toString();

        assertThat(printed("sample-data", "--count", "0", "--out", out))
                .contains("scopegate: --count: 1 to 100000 frames are possible, got 0");
        assertThat(printed("sample-data", "--count", "2", "--size", "192x108", "--out", out))
                .containsPattern("^2 frames \\(1 in body, 1 out of body\\) in .*, [0-9]+\\.[0-9] s\n$");
    }

    private static String printed(String... arguments) throws IOException {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-cp",
                System.getProperty("java.class.path"),
                Scopegate.class.getName()));
        java.addAll(List.of(arguments));
        Process process = new ProcessBuilder(java).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
