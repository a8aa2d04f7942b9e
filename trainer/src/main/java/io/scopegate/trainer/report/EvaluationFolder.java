package io.scopegate.trainer.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The three files of an evaluation: {@code metrics.csv}, {@code metrics.json} and {@code report.html}. */
public final class EvaluationFolder {

    /** File name of the report page. */
    public static final String REPORT = "report.html";

    private static final ObjectMapper JSON = new ObjectMapper();

    private EvaluationFolder() {}

    /**
     * Writes the files. They replace those of an earlier evaluation all together or not at all, as far as {@link
     * WholeFile#writeAll} can: files of two models in one folder would be read as one evaluation.
     *
     * @param folder created if absent
     * @param report the page and its figures
     * @param more further fields of {@code metrics.json}
     * @return the content of {@code metrics.json}
     */
    public static ObjectNode write(Path folder, EvaluationReport report, ObjectNode more) throws IOException {
        ObjectNode json = json(report, more);
        SequencedMap<Path, WholeFile.Content> files = new LinkedHashMap<>();
        files.put(folder.resolve("metrics.csv"), text(report.metrics().toCsv()));
        files.put(
                folder.resolve("metrics.json"),
                text(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n"));
        files.put(folder.resolve(REPORT), text(report.html()));
        WholeFile.writeAll(files);
        return json;
    }

    private static ObjectNode json(EvaluationReport report, ObjectNode more) {
        Subject subject = report.subject();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", subject.model());
        json.put(subject.digest().field(), subject.digest().value());
        if (subject.target().isGpu()) {
            json.put("target", subject.target().label());
        }
        json.put("evaluated", subject.frames());
        json.put("dataDigest", "sha256:" + subject.dataDigest());
        json.put("date", subject.day());
        json.setAll(more);
        json.setAll(report.metrics().toJson());
        return json;
    }

    private static WholeFile.Content text(String content) {
        return out -> out.write(content.getBytes(StandardCharsets.UTF_8));
    }
}
