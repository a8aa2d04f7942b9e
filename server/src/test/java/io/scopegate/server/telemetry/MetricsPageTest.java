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

/** Holds {@code docs/metrics.md} against the sources: it names every metric, and none that there is not. */
class MetricsPageTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path PAGE = Path.of("../docs/metrics.md");

    /** Where a metric is made, {@code Timer.builder("scopegate.frame.age")} or {@code registry.counter("…")}. */
    private static final Pattern MADE = Pattern.compile("(?:builder|counter)\\(\\s*\"(scopegate\\.[a-z.]+)\"");

    private static final Pattern NAMED = Pattern.compile("^\\| `(scopegate_[a-z_]+)`", Pattern.MULTILINE);

    /** What Prometheus' names end with and ours do not. */
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
