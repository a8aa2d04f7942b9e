package io.scopegate.trainer.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.trainer.dataset.PictureList.Picture;
import io.scopegate.trainer.dataset.SampleList.Sample;
import io.scopegate.trainer.file.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one sample list. Messages name the entry that is wrong. */
final class SampleListReader {

    private static final String LABELLED = "{\"image\": path, \"label\": 0 or 1}";
    private static final String UNLABELLED = "{\"image\": path}";
    private static final Pattern LINE_BREAK = Pattern.compile("[\r\n]");

    private final Path list;
    private final Map<Path, Integer> entryOfFile = new HashMap<>();

    SampleListReader(Path list) {
        this.list = list;
    }

    /** Reads the rest of an entry, once its picture is found. */
    private interface Rest<T> {
        T read(int index, JsonNode entry, Path picture) throws IOException;
    }

    SampleList samples() throws IOException {
        return new SampleList(entries(LABELLED, this::sample));
    }

    PictureList pictures() throws IOException {
        return new PictureList(entries(UNLABELLED, this::picture));
    }

    private <T> List<T> entries(String form, Rest<T> rest) throws IOException {
        JsonNode root = JsonFile.read(list);
        if (!root.isArray() || root.isEmpty()) {
            throw new IOException("%s: a JSON array of at least one %s, not %s"
                    .formatted(list, form, root.isArray() ? "an empty one" : kind(root)));
        }
        List<T> entries = new ArrayList<>();
        for (JsonNode entry : root) {
            int index = entries.size();
            if (!entry.isObject()) {
                throw wrong(index, form, entry);
            }
            entries.add(rest.read(index, entry, file(index, entry.path("image"))));
        }
        return entries;
    }

    private static String kind(JsonNode node) {
        return node.isMissingNode() ? "an empty file" : node.getNodeType().toString();
    }

    private Sample sample(int index, JsonNode entry, Path file) throws IOException {
        return new Sample(
                entry.path("image").textValue(),
                file,
                label(index, entry.path("label")),
                group(index, entry.path("group")));
    }

    private Picture picture(int index, JsonNode entry, Path file) throws IOException {
        JsonNode image = entry.path("image");
        if (LINE_BREAK.matcher(image.textValue()).find()) {
            throw wrong(index, "image: a path without line breaks, since its answer is a line", image);
        }
        JsonNode label = entry.path("label");
        return new Picture(
                image.textValue(), file, label.isMissingNode() ? Optional.empty() : Optional.of(label(index, label)));
    }

    /** Returns the picture's file, which no earlier entry may name. */
    private Path file(int index, JsonNode image) throws IOException {
        if (!image.isTextual() || image.textValue().isBlank()) {
            throw wrong(index, "image: a path", image);
        }
        Path file = find(index, image);
        Integer earlier = entryOfFile.putIfAbsent(file.toAbsolutePath().normalize(), index);
        if (earlier != null) {
            throw wrong(index, "image: a picture that no other entry names (entry " + earlier + " does)", image);
        }
        return file;
    }

    private Path find(int index, JsonNode image) throws IOException {
        try {
            Path given = Path.of(image.textValue());
            Path beside = list.resolveSibling(given);
            if (Files.isRegularFile(given)) {
                return given;
            }
            if (Files.isRegularFile(beside)) {
                return beside;
            }
            for (Path place : List.of(given, beside)) {
                if (MissingFile.isBrokenLink(place)) {
                    throw new IOException("%s: entry %d: image: %s".formatted(list, index, MissingFile.text(place)));
                }
            }
        } catch (InvalidPathException notAPath) {
            throw wrong(index, "image: a path", image);
        }
        throw wrong(index, "image: a file, relative to the working directory or to the list's folder", image);
    }

    private Label label(int index, JsonNode label) throws IOException {
        if (!label.isIntegralNumber() || !label.canConvertToInt() || (label.intValue() & ~1) != 0) {
            throw wrong(index, "label: 0 for in body or 1 for out of body", label);
        }
        return Label.values()[label.intValue()];
    }

    private Optional<String> group(int index, JsonNode group) throws IOException {
        if (group.isMissingNode()) {
            return Optional.empty();
        }
        if (!group.isTextual() || group.textValue().isBlank()) {
            throw wrong(index, "group: a text", group);
        }
        return Optional.of(group.textValue());
    }

    private IOException wrong(int index, String expected, JsonNode found) {
        return new IOException("%s: entry %d: %s, not %s"
                .formatted(list, index, expected, found.isMissingNode() ? "absent" : found.toString()));
    }
}
