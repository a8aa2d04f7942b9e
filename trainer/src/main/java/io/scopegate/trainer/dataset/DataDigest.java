package io.scopegate.trainer.dataset;

import io.scopegate.bundle.model.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One digest that stands for labelled frames: their content, labels and groups, in their order. */
public final class DataDigest {

    private DataDigest() {}

    /** SHA-256 of the lines {@code digest label group} of all files. */
    public static String of(List<LabelledFrame> frames) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (LabelledFrame frame : frames) {
            lines.append(Digests.sha256(frame.file()))
                    .append(' ')
                    .append(frame.label().text())
                    .append(' ')
                    .append(frame.group())
                    .append('\n');
        }
        return Digests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
