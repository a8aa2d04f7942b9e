package io.scopegate.trainer.prepare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.MissingFile;
import io.scopegate.trainer.dataset.SameContent;
import io.scopegate.trainer.dataset.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The report of {@code prepare}: what was found, how it was split or why it was left out, and what needs attention. */
public final class PrepareReport {

    private static final int NAMED = 5;

    private final FoundPictures found;
    private final Inspection inspection;
    private final Map<String, List<LabelledFrame>> splits;
    private final SameContent same;

    public PrepareReport(FoundPictures found, Inspection inspection, Split split) {
        this.found = found;
        this.inspection = inspection;
        this.splits = new TreeMap<>(Map.of("train", split.train(), "val", split.validation(), "test", split.heldOut()));
        this.same = new SameContent(
                splits, file -> String.valueOf(inspection.digests().get(file)));
    }

    /** Returns the report as lines of text. Of long lists, only the first items are shown. */
    public String lines() {
        List<String> lines = new ArrayList<>();
        for (String name : List.of("train", "val", "test")) {
            List<LabelledFrame> frames = splits.getOrDefault(name, List.of());
            List<String> groups = groups(frames);
            lines.add("%-5s  %d in body, %d out of body%s"
                    .formatted(
                            name,
                            count(frames, Label.IN_BODY),
                            count(frames, Label.OUT_OF_BODY),
                            groups.isEmpty() ? "" : ", groups: " + String.join(" ", groups)));
        }
        inspection.traits().forEach((trait, count) -> lines.add("%d pictures: %s".formatted(count, trait.meaning())));
        list(
                lines,
                "labelled in body, since the folder name contains neither inbody nor outbody",
                found.unnamed().stream().map(Path::toString).toList());
        list(
                lines,
                "left out, no decoder for the type",
                found.undecodable().stream().map(Path::toString).toList());
        list(
                lines,
                "left out, broken links",
                found.dangling().stream().map(MissingFile::text).toList());
        list(lines, "left out, cannot be decoded", inspection.unreadable());
        if (found.skipped() > 0) {
            lines.add("left out, a label other than %s: %d"
                    .formatted(String.join(" and ", Label.texts()), found.skipped()));
        }
        if (unusedGroups() > 0) {
            lines.add("groups of the CSV file that are not used: %d (--group-by csv:FILE:group keeps each in one split)"
                    .formatted(unusedGroups()));
        }
        list(lines, "the same content in several splits", same.inSeveralSplits());
        list(lines, "the same content with both labels", same.withBothLabels());
        return String.join("\n", lines);
    }

    private static void list(List<String> lines, String title, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("%s: %d".formatted(title, items.size()));
            items.stream().limit(NAMED).forEach(item -> lines.add("  " + item));
            if (items.size() > NAMED) {
                lines.add("  ... (--json lists all)");
            }
        }
    }

    /** Returns the complete report as JSON. */
    public ObjectNode toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        splits.forEach((name, frames) -> {
            ObjectNode node = root.putObject(name);
            for (Label label : Label.values()) {
                node.put(label.text(), count(frames, label));
            }
            groups(frames).forEach(node.putArray("groups")::add);
        });
        ObjectNode traits = root.putObject("traits");
        inspection.traits().forEach((trait, count) -> traits.put(trait.meaning(), count));
        put(root, "foldersOfNeitherName", found.unnamed().stream().map(Path::toString));
        put(root, "noDecoder", found.undecodable().stream().map(Path::toString));
        put(root, "danglingLinks", found.dangling().stream().map(Path::toString));
        put(root, "unreadable", inspection.unreadable().stream());
        root.put("otherLabel", found.skipped());
        root.put("unusedGroups", unusedGroups());
        put(root, "sameContentInSeveralSplits", same.inSeveralSplits().stream());
        put(root, "sameContentWithBothLabels", same.withBothLabels().stream());
        return root;
    }

    /**
     * Returns the number of groups in the CSV file that the split ignored. The author of the file may expect each group
     * to be in one split.
     */
    private int unusedGroups() {
        boolean grouped =
                splits.values().stream().anyMatch(frames -> !groups(frames).isEmpty());
        return grouped ? 0 : found.groups().size();
    }

    private static void put(ObjectNode root, String name, Stream<String> items) {
        ArrayNode array = root.putArray(name);
        items.forEach(array::add);
    }

    private static List<String> groups(List<LabelledFrame> frames) {
        return frames.stream()
                .map(LabelledFrame::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static int count(List<LabelledFrame> frames, Label label) {
        return Shares.of(frames, label).size();
    }
}
