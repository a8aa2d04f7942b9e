package io.scopegate.inference.onnx;

import io.scopegate.bundle.model.Digests;
import io.scopegate.inference.engine.EngineSpecification;
import io.scopegate.inference.engine.Precision;
import io.scopegate.inference.target.ExecutionTarget;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The options by which TensorRT makes an engine. If one of them differs, it is another engine.
 *
 * @param profile of the network's inputs
 * @param precision what it may compute with
 */
public record EngineOptions(NetworkProfile profile, Precision precision) {

    private static final String TF32 = "NVIDIA_TF32_OVERRIDE";

    static EngineOptions of(NetworkProfile profile, ExecutionTarget target) {
        return new EngineOptions(profile, target == ExecutionTarget.TENSORRT_FP16 ? Precision.FP16 : Precision.FP32);
    }

    /** Returns the options under the names that ONNX Runtime's provider uses. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("trt_fp16_enable", precision == Precision.FP16 ? "1" : "0");
        options.put("trt_profile_min_shapes", profile.batch(1));
        options.put("trt_profile_opt_shapes", profile.batch(1));
        options.put("trt_profile_max_shapes", profile.batch(profile.maxBatch()));
        return options;
    }

    /** Returns the part of an engine's key that these options determine. */
    EngineSpecification specification() {
        return specification(System.getenv().getOrDefault(TF32, ""));
    }

    /** @param tf32 what the environment tells NVIDIA's libraries about TF32 while they build and run */
    EngineSpecification specification(String tf32) {
        String options = options() + " " + TF32 + "=" + tf32;
        return new EngineSpecification(
                precision, profile.maxBatch(), "sha256:" + Digests.sha256(options.getBytes(StandardCharsets.UTF_8)));
    }
}
