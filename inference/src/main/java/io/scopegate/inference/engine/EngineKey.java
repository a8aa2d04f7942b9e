package io.scopegate.inference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.model.Digests;
import io.scopegate.inference.device.DeviceFacts;
import io.scopegate.inference.device.GpuDevice;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Everything that an engine depends on. If one of these differs, it is another engine.
 *
 * @param network digest of the ONNX file, {@code sha256:} and 64 hexadecimal digits; models with the same network share
 *     it
 * @param specification how the engine is made
 * @param onnxRuntime version of ONNX Runtime, such as 1.29.0
 * @param machine the machine for which, and the TensorRT with which, it is made
 */
public record EngineKey(String network, EngineSpecification specification, String onnxRuntime, DeviceFacts machine) {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,31}");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,256}");
    private static final char DIGEST_MARK = ':';
    private static final int NETWORK_DIGITS = 12;
    private static final int HASH_DIGITS = 32;
    private static final int DEVICE_DIGITS = 8;
    private static final Pattern DIRECTORY =
            Pattern.compile("[0-9a-f]{12}-fp(?:16|32)-trt[A-Za-z0-9._+-]{1,70}-b[0-9]{1,4}-[0-9a-f]{32}");

    /** @throws IllegalArgumentException naming the field, what it should be and what it is */
    public EngineKey {
        requireDigest("network", network);
        requireWord("onnxRuntime", onnxRuntime);
        requireWord("tensorRt", machine.tensorRt());
        requireWord("cuda", machine.cuda());
        requireWord("driver", machine.driver());
        requireWord("architecture", machine.device().architecture());
        if (!NAME.matcher(machine.device().name()).matches()) {
            throw new IllegalArgumentException("device: 1 to 256 characters without control characters, not \""
                    + machine.device().name() + '"');
        }
    }

    static void requireDigest(String field, String value) {
        if (!DIGEST.matcher(value).matches()) {
            throw new IllegalArgumentException(field + ": sha256: and 64 hexadecimal digits, not " + value);
        }
    }

    private static void requireWord(String field, String value) {
        if (!WORD.matcher(value).matches()) {
            throw new IllegalArgumentException(field + ": 1 to 32 letters, digits and ._+-, not \"" + value + '"');
        }
    }

    /**
     * Returns a name that says at a glance what the engine is, and that ends in a hash of all fields, so that no two
     * keys share a name.
     */
    public String directoryName() {
        int start = network.indexOf(DIGEST_MARK) + 1;
        return String.format(
                Locale.ROOT,
                "%s-%s-trt%s-%s-b%d-%s",
                network.substring(start, start + NETWORK_DIGITS),
                specification.precision().text(),
                machine.tensorRt(),
                machine.device().architecture(),
                specification.maxBatch(),
                hash(json().toString(), HASH_DIGITS));
    }

    private static String hash(String text, int digits) {
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, digits);
    }

    /** Returns whether a directory of this name can belong to a cache. All others belong to somebody else. */
    static boolean isDirectoryName(String name) {
        return DIRECTORY.matcher(name).matches();
    }

    /**
     * Returns the name of the timing cache. Engines for the same TensorRT and the same kind of GPU share the timings of
     * their builds.
     */
    String timingName() {
        GpuDevice device = machine.device();
        return "timing-trt" + machine.tensorRt() + '-' + device.architecture() + '-'
                + hash(device.name(), DEVICE_DIGITS);
    }

    /** Returns whether builds of both take about equally long, as far as the GPU and the precision show. */
    boolean isOfTheKindOf(EngineKey other) {
        return specification.precision() == other.specification.precision()
                && machine.device().name().equals(other.machine.device().name());
    }

    /** Returns the fields in the order in which they are declared. */
    public ObjectNode json() {
        GpuDevice device = machine.device();
        return JsonNodeFactory.instance
                .objectNode()
                .put("network", network)
                .put("precision", specification.precision().text())
                .put("maxBatch", specification.maxBatch())
                .put("options", specification.options())
                .put("onnxRuntime", onnxRuntime)
                .put("tensorRt", machine.tensorRt())
                .put("cuda", machine.cuda())
                .put("driver", machine.driver())
                .put("device", device.name())
                .put("major", device.major())
                .put("minor", device.minor())
                .put("memoryBytes", device.memoryBytes());
    }

    /** Reads a key. A missing text counts as empty, a missing number as 0. */
    static EngineKey read(JsonNode node) {
        GpuDevice device = new GpuDevice(
                text(node, "device"),
                node.path("major").asInt(),
                node.path("minor").asInt(),
                node.path("memoryBytes").asLong());
        return new EngineKey(
                text(node, "network"),
                new EngineSpecification(
                        Precision.of(text(node, "precision")),
                        node.path("maxBatch").asInt(),
                        text(node, "options")),
                text(node, "onnxRuntime"),
                new DeviceFacts(text(node, "cuda"), text(node, "driver"), device, text(node, "tensorRt")));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
