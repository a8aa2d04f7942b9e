package io.scopegate.bundle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SilentOnnxRuntimeTest {

    @Test
    void onnxRuntimeIsRefusedUnlessTelemetryIsDisabled() {
        assertThatThrownBy(() -> SilentOnnxRuntime.requireSilence(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("environment variable ORT_DISABLE_TELEMETRY: 1, since ONNX Runtime would send telemetry,"
                        + " not unset");
        assertThatThrownBy(() -> SilentOnnxRuntime.requireSilence(Map.of("ORT_DISABLE_TELEMETRY", "0")))
                .hasMessageEndingWith("not 0");
    }

    @Test
    void onnxRuntimeIsLoadedIfTelemetryIsDisabled() {
        assertThatCode(() -> SilentOnnxRuntime.requireSilence(Map.of("ORT_DISABLE_TELEMETRY", "1")))
                .doesNotThrowAnyException();
        assertThat(SilentOnnxRuntime.environment().getVersion()).isNotEmpty();
    }
}
