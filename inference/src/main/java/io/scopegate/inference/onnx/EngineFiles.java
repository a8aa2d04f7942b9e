package io.scopegate.inference.onnx;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where TensorRT's engine of a network lies.
 *
 * @param make what it is to be
 * @param directory of the engine alone
 * @param building whether it is to be written there
 */
public record EngineFiles(EngineOptions make, Path directory, boolean building) {

    /** As ONNX Runtime's provider calls it. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(make.options());
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
