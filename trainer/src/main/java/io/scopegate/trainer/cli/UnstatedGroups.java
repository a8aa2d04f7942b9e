package io.scopegate.trainer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Groups of a manifest that nobody stated: what frames without a group were called there, of which others may be. */
final class UnstatedGroups {

    private UnstatedGroups() {}

    /**
     * The first of them, in words.
     *
     * @param groups of a split
     * @param split its name
     * @param data as the plan in the manifest has it
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

    /** What a path that ends with a dot or two is the name of, the manifest does not say. */
    private static Stream<String> folders(JsonNode sources, Set<String> groups) {
        Predicate<String> unsaid = name -> name.isEmpty() || name.equals("..");
        return StreamSupport.stream(sources.spliterator(), false)
                .filter(source -> source.path("folder").isTextual() && !source.hasNonNull("group"))
                .map(source -> Path.of(source.path("folder").asText()).normalize())
                .map(folder -> String.valueOf(folder.getFileName()))
                .filter(unsaid.or(groups::contains))
                .map(name -> "the name of the folder, " + name);
    }

    /** Of a manifest.csv whose column is empty. */
    private static Stream<String> rows(Set<String> groups) {
        return groups.stream().filter(String::isBlank).map(_ -> "an empty name");
    }
}
