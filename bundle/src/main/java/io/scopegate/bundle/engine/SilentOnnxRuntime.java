package io.scopegate.bundle.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.Map;

/**
 * ONNX Runtime as it may run beside an operating room: it sends nothing. The published libraries report the machine, the
 * model and its runs to their maker otherwise, and keep an identifier of the device on disk. Any thread.
 */
public final class SilentOnnxRuntime {

    /** Heeded only by the native library, from the process's environment, and only when it is loaded. */
    private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

    private static final String OFF = "1";

    private SilentOnnxRuntime() {}

    /**
     * The process's environment; the first call loads the native library.
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
     * Loads nothing.
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
