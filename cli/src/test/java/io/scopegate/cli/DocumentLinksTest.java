package io.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the relative links in {@code README.md} and in the pages of {@code docs}. */
class DocumentLinksTest {

    private static final Path ROOT = Path.of(System.getProperty("scopegate.root", ".."));

    /** Captures the target of a relative link up to its anchor; matches no URLs and no links within the page. */
    private static final Pattern RELATIVE = Pattern.compile("]\\((?![a-z]+:)([^)#\\s]+)[^)]*\\)");

    @Test
    void everyRelativeLinkLeadsToAFile() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents()) {
            RELATIVE.matcher(Files.readString(document))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !Files.exists(document.resolveSibling(target)))
                    .forEach(target -> dead.add(ROOT.relativize(document) + ": " + target));
        }

        assertThat(dead).isEmpty();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            pages.filter(page -> page.toString().endsWith(".md")))
                    .toList();
        }
    }
}
