package io.scopegate.cli.bench.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.bundle.file.FileFault;
import io.scopegate.bundle.file.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@code deploy/gpu/torch-columns.py} measured for the same network in PyTorch on the same machine. */
final class TorchRows {

    private TorchRows() {}

    /**
     * Reads the rows.
     *
     * @throws IOException if the file cannot be read or lacks a figure; the message names it
     */
    static List<Row> read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
            for (Subject subject : List.of(Subject.PYTORCH_FP32, Subject.PYTORCH_AUTOCAST)) {
                if (root.path(subject.label()).isObject()) {
                    rows.add(Row.read(subject, root.path(subject.label())));
                }
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            String reason = e instanceof JsonProcessingException json ? JsonFault.text(json) : e.getMessage();
            throw new IOException(file + ": not written by deploy/gpu/torch-columns.py: " + reason, e);
        } catch (IOException e) {
            throw new IOException(file + ": " + FileFault.reason(file, e), e);
        }
        return rows;
    }
}
