package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.trainer.dataset.FrameFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds groups in a manifest that nobody stated. Frames without a group got the name of their list or folder, which
 * unrelated frames may have too.
 */
final class UnstatedGroups {

    private UnstatedGroups() {}

    /**
     * Returns the first of them, in words.
     *
     * @param groups groups of a split
     * @param split name of the split
     * @param data the part {@code data} of the manifest's plan
     */
    static Optional<String> among(Set<String> groups, String split, JsonNode data) {
        return Stream.of(list(data.path(split), groups), folders(data.path("sources"), groups), rows(groups))
                .flatMap(unstated -> unstated)
                .findFirst();
    }

    private static Stream<String> list(JsonNode list, Set<String> groups) {
        return Stream.of(list)
                .filter(JsonNode::isTextual)
                .map(path -> ListedFrames.nameOf(Path.of(path.asText())))
                .filter(groups::contains)
                .map(name -> "the name of the list, " + name);
    }

    /**
     * Returns folder names that served as groups. The name of a path that ends in one or two dots is not known, so it
     * counts too.
     */
    private static Stream<String> folders(JsonNode sources, Set<String> groups) {
        Predicate<String> unsaid = name -> name.isEmpty() || name.equals("..");
        return StreamSupport.stream(sources.spliterator(), false)
                .filter(source -> source.path("folder").isTextual() && !source.hasNonNull("group"))
                .map(source -> Path.of(source.path("folder").asText()).normalize())
                .map(FrameFolder::nameOf)
                .filter(unsaid.or(groups::contains))
                .map(name -> "the name of the folder, " + name);
    }

    /** Returns groups with an empty name, from a manifest.csv with an empty column. */
    private static Stream<String> rows(Set<String> groups) {
        return groups.stream().filter(String::isBlank).map(_ -> "an empty name");
    }
}
