package io.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that each test that {@code docs/faults.md} names exists. */
class FaultTableTest {

    private static final Path ROOT = Path.of(System.getProperty("scopegate.root", ".."));
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        List<String> sources = testSources();
        List<String> absent = NAMED.matcher(Files.readString(ROOT.resolve("docs/faults.md")))
                .results()
                .filter(name -> sources.stream().noneMatch(source -> holds(source, name)))
                .map(name -> name.group())
                .toList();

        assertThat(absent).isEmpty();
    }

    private static boolean holds(String source, MatchResult name) {
        boolean wholeClass = name.group(2) == null;
        return source.contains("class " + name.group(1) + " ")
                && (wholeClass || source.contains("void " + name.group(2) + "("));
    }

    private static List<String> testSources() throws IOException {
        try (Stream<Path> files = Stream.of("bundle", "inference", "audit", "client-sdk", "server", "trainer", "cli")
                .map(module -> ROOT.resolve(module).resolve("src/test/java"))
                .flatMap(FaultTableTest::javaFiles)) {
            return files.map(FaultTableTest::read).toList();
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try {
            return Files.walk(directory).filter(file -> file.toString().matches(".*(Test|IT)\\.java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
