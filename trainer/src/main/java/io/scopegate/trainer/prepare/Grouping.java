package io.scopegate.trainer.prepare;

import io.scopegate.trainer.dataset.FrameColumn;
import io.scopegate.trainer.dataset.LabelledFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How pictures are assigned to groups, such as the pictures of one video. All pictures of a group go to the same split.
 */
public sealed interface Grouping {

    /** No groups. */
    record None() implements Grouping {}

    /**
     * One group per folder below the data. The label in a folder's name is ignored: a/inbody and a/outbody belong to
     * the group a.
     */
    record ByFolder() implements Grouping {}

    /**
     * The group is what the pattern's first capturing group matches in the path below the data, or the whole match if
     * the pattern has none.
     */
    record ByPattern(Pattern pattern) implements Grouping {}

    /**
     * The group is in a column of a CSV file, whose column {@code file} has paths relative to the CSV file's folder.
     */
    record ByColumn(Path csv, String column) implements Grouping {}

    /**
     * Parses {@code folder}, {@code regex:PATTERN} or {@code csv:FILE:COLUMN}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    static Grouping parse(String text) {
        if (text.equals("folder")) {
            return new ByFolder();
        }
        int colon = text.indexOf(':');
        String kind = text.substring(0, Math.max(0, colon));
        String rest = text.substring(colon + 1);
        int last = rest.lastIndexOf(':');
        if (kind.equals("regex") && !rest.isEmpty()) {
            return new ByPattern(pattern(rest));
        }
        if (kind.equals("csv") && last > 0 && last < rest.length() - 1) {
            return new ByColumn(Path.of(rest.substring(0, last)), rest.substring(last + 1));
        }
        throw new IllegalArgumentException("--group-by must be folder, regex:PATTERN or csv:FILE:COLUMN, got " + text);
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "--group-by: not a regular expression: " + text + ": " + e.getDescription(), e);
        }
    }

    /**
     * Returns the pictures with their groups.
     *
     * @param data folder or file that the pictures were found in
     * @throws IOException if a picture has no group
     */
    default List<LabelledFrame> apply(List<LabelledFrame> pictures, Path data) throws IOException {
        Map<Path, String> column =
                this instanceof ByColumn(Path csv, String name) ? FrameColumn.read(csv, name) : Map.of();
        List<LabelledFrame> grouped = new ArrayList<>();
        for (LabelledFrame picture : pictures) {
            String group = switch (this) {
                case None none -> FoundPictures.NONE;
                case ByFolder folder -> folder(below(data, picture.file()));
                case ByPattern(Pattern pattern) -> found(pattern, below(data, picture.file()));
                case ByColumn csv ->
                    column.getOrDefault(picture.file().toAbsolutePath().normalize(), "");
            };
            if (group.isEmpty() && !(this instanceof None)) {
                throw new IOException("--group-by: a group for every picture, none for " + picture.file());
            }
            grouped.add(new LabelledFrame(picture.file(), picture.label(), group));
        }
        return grouped;
    }

    private static String below(Path data, Path picture) {
        Path root = data.toAbsolutePath().normalize();
        Path file = picture.toAbsolutePath().normalize();
        return (file.startsWith(root) ? root.relativize(file) : file).toString().replace('\\', '/');
    }

    private static String folder(String below) {
        String folder = below.substring(0, Math.max(0, below.lastIndexOf('/')));
        String group =
                folder.replaceAll("[-_./ ]*(inbody|outbody)(?=$|[^a-z])", "").replaceAll("^[-_./ ]+", "");
        return group.isEmpty() ? "." : group;
    }

    private static String found(Pattern pattern, String below) {
        Matcher matcher = pattern.matcher(below);
        if (!matcher.find()) {
            return "";
        }
        String group = matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
        return group == null ? "" : group;
    }
}
