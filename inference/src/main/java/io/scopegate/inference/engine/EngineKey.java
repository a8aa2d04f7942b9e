package io.scopegate.inference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.Digests;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * All that an engine depends on: where one of these differs, it is another engine.
 *
 * @param model digest of the published model, {@code sha256:} and 64 hexadecimal digits
 * @param precision what it calculates with
 * @param onnxRuntime version of ONNX Runtime, such as 1.29.0
 * @param tensorRt version of the TensorRT library, such as 10.15.1
 * @param cudaDriver version of the driver, such as 13.0
 * @param gpu architecture of the GPU, such as sm_90
 * @param maxBatch most frames of a batch
 */
public record EngineKey(
        String model,
        Precision precision,
        String onnxRuntime,
        String tensorRt,
        String cudaDriver,
        String gpu,
        int maxBatch) {

    private static final Pattern MODEL = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,31}");
    private static final char DIGEST_MARK = ':';
    private static final int MAX_BATCH = 1024;
    private static final int MODEL_DIGITS = 12;
    private static final int HASH_DIGITS = 32;
    private static final Pattern DIRECTORY =
            Pattern.compile("[0-9a-f]{12}-fp(?:16|32)-trt[A-Za-z0-9._+-]{1,70}-b[0-9]{1,4}-[0-9a-f]{32}");

    /** @throws IllegalArgumentException naming the field, what it should be and what it is */
    public EngineKey {
        if (!MODEL.matcher(model).matches()) {
            throw new IllegalArgumentException("model: sha256: and 64 hexadecimal digits, not " + model);
        }
        requireWord("onnxRuntime", onnxRuntime);
        requireWord("tensorRt", tensorRt);
        requireWord("cudaDriver", cudaDriver);
        requireWord("gpu", gpu);
        if (maxBatch < 1 || maxBatch > MAX_BATCH) {
            throw new IllegalArgumentException("maxBatch: 1 to " + MAX_BATCH + ", not " + maxBatch);
        }
    }

    private static void requireWord(String field, String value) {
        if (!WORD.matcher(value).matches()) {
            throw new IllegalArgumentException(field + ": 1 to 32 letters, digits and ._+-, not \"" + value + '"');
        }
    }

    /** Says what it is at a glance, and ends in a hash of all fields, so that no two keys share one. */
    public String directoryName() {
        int start = model.indexOf(DIGEST_MARK) + 1;
        return "%s-%s-trt%s-%s-b%d-%s"
                .formatted(
                        model.substring(start, start + MODEL_DIGITS),
                        precision.text(),
                        tensorRt,
                        gpu,
                        maxBatch,
                        Digests.sha256(json().toString().getBytes(StandardCharsets.UTF_8))
                                .substring(0, HASH_DIGITS));
    }

    /** Whether a directory of that name can be one of a cache; all others are somebody else's. */
    static boolean isDirectoryName(String name) {
        return DIRECTORY.matcher(name).matches();
    }

    /** Engines of one TensorRT on one kind of GPU share what their builds have timed. */
    String timingName() {
        return "timing-trt" + tensorRt + '-' + gpu;
    }

    /** Its fields, in the order in which they are declared. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("model", model)
                .put("precision", precision.text())
                .put("onnxRuntime", onnxRuntime)
                .put("tensorRt", tensorRt)
                .put("cudaDriver", cudaDriver)
                .put("gpu", gpu)
                .put("maxBatch", maxBatch);
    }

    /** A field that is missing is as wrong as an empty one. */
    static EngineKey read(JsonNode node) {
        return new EngineKey(
                node.path("model").asText(),
                Precision.of(node.path("precision").asText()),
                node.path("onnxRuntime").asText(),
                node.path("tensorRt").asText(),
                node.path("cudaDriver").asText(),
                node.path("gpu").asText(),
                node.path("maxBatch").asInt());
    }
}
