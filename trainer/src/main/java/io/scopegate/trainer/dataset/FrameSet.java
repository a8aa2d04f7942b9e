package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Labelled frames in a fixed order.
 *
 * @param frames the frames
 * @param skipped number of entries that were left out because their label is neither inbody nor outbody
 * @param skippedFiles files in folders that were left out because there is no decoder for their type
 * @param danglingLinks symbolic links in folders that were left out because their target does not exist
 */
public record FrameSet(List<LabelledFrame> frames, int skipped, List<Path> skippedFiles, List<Path> danglingLinks) {

    /** Number of skipped files, and of links, that a message names. */
    private static final int NAMED = 5;

    public FrameSet {
        frames = List.copyOf(frames);
        skippedFiles = List.copyOf(skippedFiles);
        danglingLinks = List.copyOf(danglingLinks);
    }

    /** Creates a set from a list, which has no files to skip. */
    public FrameSet(List<LabelledFrame> frames, int skipped) {
        this(frames, skipped, List.of(), List.of());
    }

    /** Returns the frames of all sets, in the given order. */
    public static FrameSet concat(List<FrameSet> sets) {
        List<LabelledFrame> frames = new ArrayList<>();
        List<Path> skippedFiles = new ArrayList<>();
        List<Path> danglingLinks = new ArrayList<>();
        int skipped = 0;
        for (FrameSet set : sets) {
            frames.addAll(set.frames);
            skipped += set.skipped;
            skippedFiles.addAll(set.skippedFiles);
            danglingLinks.addAll(set.danglingLinks);
        }
        return new FrameSet(frames, skipped, skippedFiles, danglingLinks);
    }

    /** Returns the number of frames with this label. */
    public int count(Label label) {
        return (int) frames.stream().filter(frame -> frame.label() == label).count();
    }

    /** Returns a line of text about the skipped files and one about the links, if there are any. */
    public List<String> skippedFilesLines() {
        return Stream.of(
                        line(
                                "files in folders skipped, since only .jpg, .jpeg and .png files are read",
                                skippedFiles,
                                Path::toString),
                        line("broken links in folders skipped", danglingLinks, MissingFile::text))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> line(String what, List<Path> files, Function<Path, String> text) {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        String named = files.stream().limit(NAMED).map(text).collect(Collectors.joining(", "));
        return Optional.of(
                "%s: %d: %s%s".formatted(what, files.size(), named, files.size() > NAMED ? " and more" : ""));
    }

    static FrameSet requireFrames(FrameSet set, Object source) throws IOException {
        if (set.frames.isEmpty()) {
            String skipped =
                    set.skippedFilesLines().stream().map(line -> "; " + line).collect(Collectors.joining());
            throw new IOException(source + ": at least one frame labelled inbody or outbody, found none" + skipped);
        }
        return set;
    }
}
