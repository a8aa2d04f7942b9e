package io.scopegate.bundle.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.file.FileFault;
import io.scopegate.bundle.file.JsonFault;
import io.scopegate.bundle.model.ModelManifest.FileDigest;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.preprocess.InputShape;
import java.io.IOException;

/** Converts a manifest to JSON and back, field by field, so that an error can name the field. */
final class ManifestJson {

    static final int FORMAT = 1;

    /**
     * Half precision needs 0.01. With a tolerance much larger than this limit, no network could fail its golden
     * pictures.
     */
    private static final double MOST_TOLERANCE = 0.05;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestJson() {}

    static byte[] write(ModelManifest manifest) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", FORMAT);
        root.put("name", manifest.name());
        root.put("version", manifest.version());
        root.put("network", manifest.network());
        manifest.labels().forEach(root.putArray("labels")::add);
        writeInput(root.putObject("input"), manifest.input());
        root.putObject("output").put("tensor", manifest.output()).put("kind", "logits");
        root.put("inBodyThreshold", manifest.inBodyThreshold());
        root.put("maxBatch", manifest.maxBatch());
        writeGolden(root.putObject("golden"), manifest.golden());
        ArrayNode files = root.putArray("files");
        manifest.files()
                .forEach(file -> files.addObject()
                        .put("path", file.path())
                        .put("bytes", file.bytes())
                        .put("sha256", file.sha256()));
        root.set("provenance", manifest.provenance());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static void writeInput(ObjectNode node, Input input) {
        node.put("tensor", input.tensor());
        node.put("width", input.shape().width());
        node.put("height", input.shape().height());
        node.put("preprocessing", input.preprocessing());
    }

    private static void writeGolden(ObjectNode node, GoldenVectors golden) {
        node.put("probabilityTolerance", golden.probabilityTolerance());
        ArrayNode vectors = node.putArray("vectors");
        for (GoldenVector vector : golden.vectors()) {
            ObjectNode item = vectors.addObject().put("picture", vector.picture());
            vector.probabilities().forEach(item.putArray("probabilities")::add);
        }
    }

    static ModelManifest read(byte[] json) throws ModelUnusableException {
        ManifestField root = new ManifestField("manifest.json", parse(json));
        int format = root.field("format").integer(1, Integer.MAX_VALUE);
        if (format != FORMAT) {
            throw root.field("format").wrong(String.valueOf(FORMAT));
        }
        ManifestField output = root.field("output");
        output.field("kind").oneOf("logits");
        return new ModelManifest(
                root.field("name").name(),
                root.field("version").integer(1, ModelManifest.MOST_VERSION),
                root.field("network").path(),
                root.field("labels").list(ManifestField::text),
                readInput(root.field("input")),
                output.field("tensor").text(),
                root.field("inBodyThreshold").number(ModelManifest.LEAST_IN_BODY_THRESHOLD, 1),
                root.field("maxBatch").integer(1, 1024),
                readGolden(root.field("golden")),
                root.field("files").list(ManifestJson::readFile),
                root.field("provenance").node());
    }

    /** Parses JSON. Truncated or empty content is rejected. */
    static JsonNode parse(byte[] json) throws ModelUnusableException {
        try {
            JsonNode root = JSON.readTree(json);
            if (root.isMissingNode()) {
                throw new ModelUnusableException("manifest.json: not JSON: it is empty");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new ModelUnusableException("manifest.json: not JSON: " + JsonFault.text(e), e);
        } catch (IOException e) {
            throw new ModelUnusableException("manifest.json: not JSON: " + FileFault.text(e), e);
        }
    }

    private static Input readInput(ManifestField input) throws ModelUnusableException {
        InputShape shape = new InputShape(
                input.field("width").integer(1, 4096), input.field("height").integer(1, 4096));
        return new Input(
                input.field("tensor").text(),
                shape,
                input.field("preprocessing").text());
    }

    private static GoldenVectors readGolden(ManifestField golden) throws ModelUnusableException {
        return new GoldenVectors(
                golden.field("probabilityTolerance").number(0, MOST_TOLERANCE),
                golden.field("vectors").list(ManifestJson::readVector));
    }

    private static GoldenVector readVector(ManifestField vector) throws ModelUnusableException {
        return new GoldenVector(
                vector.field("picture").path(), vector.field("probabilities").list(item -> item.number(0, 1)));
    }

    private static FileDigest readFile(ManifestField file) throws ModelUnusableException {
        return new FileDigest(
                file.field("path").path(),
                file.field("bytes").longInteger(0, Long.MAX_VALUE),
                file.field("sha256").sha256());
    }
}
