package io.scopegate.inference.onnx;

import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.preprocess.InputShape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where TensorRT's engine of a network lies.
 *
 * @param manifest of the network
 * @param directory of the engine alone
 * @param building whether it is to be written there
 */
record EngineFiles(ModelManifest manifest, Path directory, boolean building) {

    /** As ONNX Runtime's provider calls it. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("trt_engine_cache_enable", "1");
        options.put("trt_engine_cache_path", directory.toString());
        options.put("trt_engine_cache_prefix", "network");
        if (building) {
            options.put("trt_timing_cache_enable", "1");
            options.put("trt_timing_cache_path", directory.toString());
        }
        options.put("trt_profile_min_shapes", shape(1));
        options.put("trt_profile_opt_shapes", shape(1));
        options.put("trt_profile_max_shapes", shape(manifest.maxBatch()));
        return options;
    }

    private String shape(int frames) {
        InputShape shape = manifest.input().shape();
        return "%s:%dx%dx%dx%d"
                .formatted(manifest.input().tensor(), frames, InputShape.CHANNELS, shape.width(), shape.height());
    }
}
