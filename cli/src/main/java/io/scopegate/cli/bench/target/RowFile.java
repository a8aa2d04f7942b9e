package io.scopegate.cli.bench.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.scopegate.bundle.file.FileFault;
import io.scopegate.bundle.file.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads rows that other processes measured on the same machine. */
final class RowFile {

    private RowFile() {}

    /**
     * Reads what {@code deploy/gpu/torch-columns.py} measured for the same network in PyTorch.
     *
     * @throws IOException if the file cannot be read or lacks a figure; the message names it
     */
    static List<Row> ofTorch(Path file) throws IOException {
        List<Subject> subjects = List.of(Subject.PYTORCH_FP32, Subject.PYTORCH_AUTOCAST);
        return read(file, "deploy/gpu/torch-columns.py", root -> rows(subjects, subject -> root.path(subject.label())));
    }

    /**
     * Reads the rows of a report that {@code bench-targets --save} wrote.
     *
     * @param digest digest of the model that the figures have to be of
     * @throws IOException if the file cannot be read or lacks a figure; the message names it
     */
    static List<Row> saved(Path file, String digest) throws IOException {
        return read(file, "bench-targets --save for this model", root -> {
            String found = root.path("digest").asText("absent");
            if (!found.equals(digest)) {
                throw new IllegalArgumentException("digest: expected " + digest + ", is " + found);
            }
            return rows(List.of(Subject.values()), subject -> savedRow(root, subject));
        });
    }

    private static JsonNode savedRow(JsonNode root, Subject subject) {
        return StreamSupport.stream(root.path("rows").spliterator(), false)
                .filter(row -> row.path("row").asText().equals(subject.label()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static List<Row> rows(List<Subject> subjects, Function<Subject, JsonNode> row) {
        return subjects.stream()
                .filter(subject -> row.apply(subject).isObject())
                .map(subject -> Row.read(subject, row.apply(subject)))
                .toList();
    }

    private static List<Row> read(Path file, String writer, Function<JsonNode, List<Row>> rows) throws IOException {
        try {
            return rows.apply(new ObjectMapper().readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            String reason = e instanceof JsonProcessingException json ? JsonFault.text(json) : e.getMessage();
            throw new IOException(file + ": not written by " + writer + ": " + reason, e);
        } catch (IOException e) {
            throw new IOException(file + ": " + FileFault.reason(file, e), e);
        }
    }
}
