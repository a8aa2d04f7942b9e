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
 * Finds pictures that occur, byte for byte, as several frames.
 *
 * @param splits frames by the name of their split
 * @param content returns an identifier of a file's content; equal for equal content
 */
public record SameContent(Map<String, List<LabelledFrame>> splits, Function<Path, String> content) {

    /**
     * Prepares a comparison of all frames of a split. Only files with the same size as another one are read.
     *
     * @param digest reads each file once
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

    /** Treats an unreadable file as different from all others; decoding reports it later. */
    private static String content(Path file, DataDigest digest) {
        return digest.ofContent(file).orElse(file.toString());
    }

    /** Returns, for each picture that is in several splits, a text with its paths. */
    public List<String> inSeveralSplits() {
        return repeated((split, _) -> split);
    }

    /** Returns, for each picture that has both labels, a text with its paths. */
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
