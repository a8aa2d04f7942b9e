package io.scopegate.trainer.dataset;

import io.scopegate.bundle.model.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** One digest that stands for labelled frames: their content, labels and groups, in their order. */
public final class DataDigest {

    private static final String UNREADABLE = "unreadable";

    private DataDigest() {}

    /** SHA-256 of the lines {@code digest label group} of all files; of one that cannot be read the digest is a word. */
    public static String of(List<LabelledFrame> frames) {
        StringBuilder lines = new StringBuilder();
        for (LabelledFrame frame : frames) {
            lines.append(content(frame.file()))
                    .append(' ')
                    .append(frame.label().text())
                    .append(' ')
                    .append(frame.group())
                    .append('\n');
        }
        return Digests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** An evaluation counts a file that cannot be read apart, so it must not fail here. */
    private static String content(Path file) {
        try {
            return Digests.sha256(file);
        } catch (IOException e) {
            return UNREADABLE;
        }
    }
}
