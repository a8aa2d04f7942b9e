package io.scopegate.inference.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An engine as ONNX Runtime would write it, but for what is in its files. */
final class SampleEngine {

    static final String ENGINE = "scopegate_sm90.engine";
    static final String PROFILE = "scopegate_sm90.profile";
    static final String TIMING = "cache_sm90.timing";

    private SampleEngine() {}

    static EngineKey key() {
        return key('a');
    }

    static EngineKey key(char model) {
        return new EngineKey(digest(model), Precision.FP16, "1.29.0", "10.15.1", "13.0", "sm_90", 8);
    }

    static String digest(char digit) {
        return "sha256:" + String.valueOf(digit).repeat(64);
    }

    /** One key for each field, which differs from {@link #key()} in it alone. */
    static List<EngineKey> others() {
        String model = digest('a');
        return List.of(
                new EngineKey(digest('b'), Precision.FP16, "1.29.0", "10.15.1", "13.0", "sm_90", 8),
                new EngineKey(model, Precision.FP32, "1.29.0", "10.15.1", "13.0", "sm_90", 8),
                new EngineKey(model, Precision.FP16, "1.28.0", "10.15.1", "13.0", "sm_90", 8),
                new EngineKey(model, Precision.FP16, "1.29.0", "10.14.1", "13.0", "sm_90", 8),
                new EngineKey(model, Precision.FP16, "1.29.0", "10.15.1", "12.8", "sm_90", 8),
                new EngineKey(model, Precision.FP16, "1.29.0", "10.15.1", "13.0", "sm_80", 8),
                new EngineKey(model, Precision.FP16, "1.29.0", "10.15.1", "13.0", "sm_90", 1));
    }

    static void build(Path into) throws IOException {
        Files.writeString(into.resolve(ENGINE), "plan");
        Files.writeString(into.resolve(PROFILE), "shapes");
    }
}
