package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Labelled frames in a fixed order.
 *
 * @param frames the frames
 * @param skipped number of entries that were left out because their label is neither inbody nor outbody
 * @param skippedFiles files in folders that were left out because there is no decoder for their type, and dangling
 *     links
 */
public record FrameSet(List<LabelledFrame> frames, int skipped, List<Path> skippedFiles) {

    /** Number of skipped files that a message names. */
    private static final int NAMED = 5;

    public FrameSet {
        frames = List.copyOf(frames);
        skippedFiles = List.copyOf(skippedFiles);
    }

    /** Creates a set from a list, which has no files to skip. */
    public FrameSet(List<LabelledFrame> frames, int skipped) {
        this(frames, skipped, List.of());
    }

    /** Returns the frames of all sets, in the given order. */
    public static FrameSet concat(List<FrameSet> sets) {
        List<LabelledFrame> frames = new ArrayList<>();
        List<Path> skippedFiles = new ArrayList<>();
        int skipped = 0;
        for (FrameSet set : sets) {
            frames.addAll(set.frames);
            skipped += set.skipped;
            skippedFiles.addAll(set.skippedFiles);
        }
        return new FrameSet(frames, skipped, skippedFiles);
    }

    /** Returns the number of frames with this label. */
    public int count(Label label) {
        return (int) frames.stream().filter(frame -> frame.label() == label).count();
    }

    /** Returns one line of text about the skipped files; empty if there are none. */
    public Optional<String> skippedFilesLine() {
        if (skippedFiles.isEmpty()) {
            return Optional.empty();
        }
        String named = skippedFiles.stream().limit(NAMED).map(Path::toString).collect(Collectors.joining(", "));
        return Optional.of("files in folders skipped, since only .jpg, .jpeg and .png files are read: %d: %s%s"
                .formatted(skippedFiles.size(), named, skippedFiles.size() > NAMED ? " and more" : ""));
    }

    static FrameSet requireFrames(FrameSet set, Object source) throws IOException {
        if (set.frames.isEmpty()) {
            String skipped = set.skippedFilesLine().map(line -> "; " + line).orElse("");
            throw new IOException(source + ": at least one frame labelled inbody or outbody, found none" + skipped);
        }
        return set;
    }
}
