package io.scopegate.inference.onnx;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the TensorRT engine of a network is stored.
 *
 * @param specification how the engine is made
 * @param directory holds nothing but the engine
 * @param building whether the engine is to be written there
 */
public record EngineFiles(EngineOptions specification, Path directory, boolean building) {

    /** Returns the options under the names that ONNX Runtime's provider uses. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(specification.options());
        options.put("trt_engine_cache_enable", "1");
        options.put("trt_engine_cache_path", directory.toString());
        options.put("trt_engine_cache_prefix", "network");
        if (building) {
            options.put("trt_timing_cache_enable", "1");
            options.put("trt_timing_cache_path", directory.toString());
        }
        return options;
    }
}
