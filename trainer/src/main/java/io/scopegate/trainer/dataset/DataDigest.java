package io.scopegate.trainer.dataset;

import io.scopegate.bundle.model.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes digests of labelled frames, over their content, labels, groups and order. Reads each file only once. Used by
 * one thread.
 */
public final class DataDigest {

    private static final String UNREADABLE = "unreadable";

    private final Map<Path, Optional<String>> contents = new HashMap<>();

    /**
     * Returns the SHA-256 of the lines {@code digest label group} of all frames. For a file that cannot be read, a
     * fixed word stands in place of its digest.
     */
    public String of(List<LabelledFrame> frames) {
        StringBuilder lines = new StringBuilder();
        for (LabelledFrame frame : frames) {
            lines.append(ofContent(frame.file()).orElse(UNREADABLE))
                    .append(' ')
                    .append(frame.label().text())
                    .append(' ')
                    .append(frame.group())
                    .append('\n');
        }
        return Digests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the SHA-256 of a file; empty if it could not be read. */
    public Optional<String> ofContent(Path file) {
        return contents.computeIfAbsent(file, DataDigest::content);
    }

    /** Does not fail for an unreadable file, because an evaluation counts such files separately. */
    private static Optional<String> content(Path file) {
        try {
            return Optional.of(Digests.sha256(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
