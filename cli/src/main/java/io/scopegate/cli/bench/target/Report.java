package io.scopegate.cli.bench.target;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.PublishedModel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * All figures of one call.
 *
 * @param model model that was measured
 * @param machine processors, system and Java
 * @param gpu its name, architecture, CUDA and TensorRT, or why there is none
 * @param rows rows in the order of the table
 */
record Report(PublishedModel model, String machine, String gpu, List<Row> rows) {

    Report {
        rows = rows.stream().sorted(Comparator.comparing(Row::subject)).toList();
    }

    /** Returns the row of a subject; an empty one if it was not measured. */
    Row row(Subject subject) {
        return rows.stream()
                .filter(row -> row.subject() == subject)
                .findFirst()
                .orElseGet(() -> new Row(subject, Map.of(), Map.of(), "not requested"));
    }

    /** Returns the number of the network's weights according to its provenance; 0 if that does not state it. */
    long parameters() {
        return model.manifest().provenance().at("/network/parameters").asLong();
    }

    Verdict verdict() {
        return Verdict.of(row(Subject.TENSORRT_FP16), parameters());
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("model", model.manifest().reference())
                .put("digest", model.digest())
                .put("parameters", parameters())
                .put("machine", machine)
                .put("gpu", gpu);
        ArrayNode array = root.putArray("rows");
        for (Row row : rows) {
            ObjectNode node = array.addObject().put("row", row.subject().label());
            row.writeTo(node);
            if (!Double.isNaN(row.subject().publishedModel())) {
                node.putObject("monaiBundleOnA100")
                        .put("modelMs", row.subject().publishedModel())
                        .put("endToEndMs", row.subject().publishedEndToEnd());
            }
        }
        Verdict verdict = verdict();
        ObjectNode judged =
                root.putObject("verdict").put("state", verdict.state().word());
        ArrayNode lines = judged.putArray("targets");
        verdict.lines().forEach(lines::add);
        return root;
    }
}
