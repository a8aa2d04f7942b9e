package io.scopegate.cli.bench.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code deploy/gpu/torch-columns.py} measured of the same network in PyTorch on the same machine. */
final class TorchRows {

    private TorchRows() {}

    /** @throws IOException naming the file, if it cannot be read */
    static List<Row> read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            for (Subject subject : List.of(Subject.PYTORCH_FP32, Subject.PYTORCH_AUTOCAST)) {
                if (root.path(subject.label()).isObject()) {
                    rows.add(Row.read(subject, root.path(subject.label())));
                }
            }
        } catch (IOException | NumberFormatException e) {
            throw new IOException(file + ": not written by deploy/gpu/torch-columns.py: " + e.getMessage(), e);
        }
        return rows;
    }
}
