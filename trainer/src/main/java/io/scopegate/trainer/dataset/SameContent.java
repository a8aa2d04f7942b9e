package io.scopegate.trainer.dataset;

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

    /**
     * Those files alone are read that are as large as another.
     *
     * @param digest reads each once
     */
    public static SameContent of(Split split, DataDigest digest) {
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
        return new SameContent(splits, file -> alike.contains(file) ? content(file, digest) : file.toString());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }

    /** Whoever decodes a file that cannot be read says so; here it is like no other. */
    private static String content(Path file, DataDigest digest) {
        return digest.ofContent(file).orElse(file.toString());
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
