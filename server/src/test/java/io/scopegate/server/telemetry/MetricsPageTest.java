package io.scopegate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/metrics.md} with the sources: it must name every metric, and no other. */
class MetricsPageTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path PAGE = Path.of("../docs/metrics.md");

    /** Matches the creation of a metric, such as {@code Timer.builder("scopegate.frame.age")}. */
    private static final Pattern MADE = Pattern.compile("(?:builder|counter)\\(\\s*\"(scopegate\\.[a-z.]+)\"");

    private static final Pattern NAMED = Pattern.compile("^\\| `(scopegate_[a-z_]+)`", Pattern.MULTILINE);

    /** The suffixes that Prometheus adds to our names. */
    private static final Pattern UNIT = Pattern.compile("_(total|seconds)$");

    @Test
    void thePageNamesEveryMetricAndNoOther() throws IOException {
        assertThat(named()).isEqualTo(made());
    }

    private static Set<String> made() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                MADE.matcher(Files.readString(file))
                        .results()
                        .map(made -> made.group(1).replace('.', '_'))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static Set<String> named() throws IOException {
        return NAMED.matcher(Files.readString(PAGE))
                .results()
                .map(row -> UNIT.matcher(row.group(1)).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
