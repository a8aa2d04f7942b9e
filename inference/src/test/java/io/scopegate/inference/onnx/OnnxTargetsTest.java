package io.scopegate.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.target.ExecutionTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxTargetsTest {

    @ParameterizedTest
    @EnumSource(names = "CPU", mode = EnumSource.Mode.EXCLUDE)
    void aRuntimeWithoutTheProviderSaysSoAndWhatToDo(ExecutionTarget target) {
        assumeTrue(
                !OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
                "ONNX Runtime for processors, not for GPUs");

        ProbeStep step = new OnnxTargets(0).check(target);

        assertThat(step.hasFailed()).isTrue();
        assertThat(step.detail()).startsWith("ONNX Runtime: ").contains("docs/gpu.md");
    }

    @ParameterizedTest
    @CsvSource({
        "'CUDA failure 700: an illegal memory access was encountered ; GPU=0', true",
        "'Non-zero status code. CUDA failure 719: unspecified launch failure', true",
        "'CUDA failure 220: uncorrectable NVLink error detected during the execution ; GPU=0', true",
        "'CUDA failure 226: Invalid access of peer GPU memory over nvlink or a hardware error ; GPU=0', true",
        "'CUDA failure 721: tensor memory not completely freed ; GPU=0', true",
        "'CUDA failure 810: MPS client terminated ; GPU=0', true",
        "'CUDA failure 911: invalid external signal ; GPU=0', true",
        "'CUDA failure 720: too many blocks in cooperative launch ; GPU=0', false",
        "'CUDA failure 2: out of memory ; GPU=0', false",
        "'CUDA failure 801: operation not supported', false",
        "'Got invalid dimensions for input', false"
    })
    void cudaErrorIsLastingIfItPersistsForTheProcess(String message, boolean lasting) {
        assertThat(DeviceFault.isLasting(message)).isEqualTo(lasting);
    }

    @Test
    void anErrorWithoutAMessageIsNotLasting() {
        assertThat(DeviceFault.isLasting(null)).isFalse();
    }
}
