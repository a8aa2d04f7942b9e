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
 * Digests that stand for labelled frames: their content, labels and groups, in their order. Reads each file once, however
 * many frames it is of. For one thread.
 */
public final class DataDigest {

    private static final String UNREADABLE = "unreadable";

    private final Map<Path, Optional<String>> contents = new HashMap<>();

    /** SHA-256 of the lines {@code digest label group} of all files; of one that cannot be read the digest is a word. */
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

    /** SHA-256 of the file; empty where it could not be read. */
    public Optional<String> ofContent(Path file) {
        return contents.computeIfAbsent(file, DataDigest::content);
    }

    /** An evaluation counts a file that cannot be read apart, so it must not fail here. */
    private static Optional<String> content(Path file) {
        try {
            return Optional.of(Digests.sha256(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
