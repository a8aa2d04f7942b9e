package io.scopegate.trainer.dataset;

import io.scopegate.bundle.model.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Frames that are the same picture, byte for byte, under several names.
 *
 * @param splits the frames by the name of what they are used for
 * @param content names what is in a file
 */
public record SameContent(Map<String, List<LabelledFrame>> splits, Function<Path, String> content) {

    /** Of files that were not read yet: those alone are read, each once, that are as large as another. */
    public static SameContent of(Split split) {
        Map<String, List<LabelledFrame>> splits = new TreeMap<>(
                Map.of("train", split.train(), "validation", split.validation(), "test", split.heldOut()));
        Map<Path, Long> sizes = new HashMap<>();
        splits.values()
                .forEach(frames -> frames.forEach(frame -> sizes.computeIfAbsent(frame.file(), SameContent::size)));
        Map<Long, Integer> filesOfSize = new HashMap<>();
        sizes.values().forEach(size -> filesOfSize.merge(size, 1, Integer::sum));
        Set<Path> alike = sizes.entrySet().stream()
                .filter(sized -> filesOfSize.getOrDefault(sized.getValue(), 0) > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Map<Path, String> contents = new HashMap<>();
        return new SameContent(
                splits,
                file -> contents.computeIfAbsent(file, _ -> alike.contains(file) ? digest(file) : file.toString()));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }

    /** Whoever decodes a file that cannot be read says so; here it is like no other. */
    private static String digest(Path file) {
        try {
            return Digests.sha256(file);
        } catch (IOException e) {
            return file.toString();
        }
    }

    /** The paths of each picture that is in several splits. */
    public List<String> inSeveralSplits() {
        return repeated((split, _) -> split);
    }

    /** The paths of each picture that has both labels. */
    public List<String> withBothLabels() {
        return repeated((_, frame) -> frame.label().text());
    }

    private List<String> repeated(BiFunction<String, LabelledFrame, String> place) {
        Map<String, Map<String, List<String>>> byContent = new TreeMap<>();
        splits.forEach((split, frames) -> frames.forEach(frame -> byContent
                .computeIfAbsent(content.apply(frame.file()), _ -> new TreeMap<>())
                .computeIfAbsent(place.apply(split, frame), _ -> new ArrayList<>())
                .add(frame.file().toString())));
        return byContent.values().stream()
                .filter(places -> places.size() > 1)
                .map(places -> String.join(
                        " = ", places.values().stream().flatMap(List::stream).toList()))
                .toList();
    }
}
