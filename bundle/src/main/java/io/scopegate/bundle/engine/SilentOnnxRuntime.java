package io.scopegate.bundle.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.Map;

/**
 * Gives access to ONNX Runtime with its telemetry off, so that nothing is sent from an operating room. By default the
 * published libraries report the machine, the model and its runs to their vendor, and keep an identifier of the device
 * on disk. May be called from any thread.
 */
public final class SilentOnnxRuntime {

    /** Read only by the native library, from the process's environment, and only when the library is loaded. */
    private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

    private static final String OFF = "1";

    private SilentOnnxRuntime() {}

    /**
     * Returns the ONNX Runtime environment of this process. The first call loads the native library.
     *
     * @throws IllegalStateException if telemetry is not off
     */
    public static OrtEnvironment environment() {
        requireSilence();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            environment.setTelemetry(false);
        } catch (OrtException e) {
            throw new IllegalStateException("cannot turn off the telemetry of ONNX Runtime: " + e.getMessage(), e);
        }
        return environment;
    }

    /**
     * Checks that ONNX Runtime would send nothing, without loading it.
     *
     * @throws IllegalStateException if ONNX Runtime would send telemetry in this process
     */
    public static void requireSilence() {
        requireSilence(System.getenv());
    }

    static void requireSilence(Map<String, String> variables) {
        String value = variables.getOrDefault(SWITCH, "unset");
        if (!value.equals(OFF)) {
            throw new IllegalStateException("environment variable " + SWITCH + ": " + OFF
                    + ", since ONNX Runtime would send telemetry, not " + value);
        }
    }
}
