package io.scopegate.inference.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.inference.device.ProbeStep.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderBuildTest {

    @TempDir
    Path libraries;

    @Test
    void folderWithoutProviderPropertiesHoldsThePublishedBuild() throws Exception {
        assertThat(ProviderBuild.in(null)).isEqualTo(ProviderBuild.PUBLISHED);
        assertThat(ProviderBuild.in(libraries)).isEqualTo(ProviderBuild.PUBLISHED);
    }

    @Test
    void versionsInProviderPropertiesReplaceThePublishedOnes() throws Exception {
        say("onnxruntime=1.29.0\ncuda=12.6\ntensorrt=10.3\n");

        assertThat(new DeviceProbe(new Stub(12060), () -> 100300, libraries).look(0))
                .noneMatch(ProbeStep::hasFailed);
    }

    @Test
    void unmetVersionOfProviderPropertiesIsReported() throws Exception {
        say("cuda=12.6\ntensorrt=10.3.0\n");

        assertThat(new DeviceProbe(new Stub(12040), () -> 100300, libraries)
                        .look(0)
                        .getLast()
                        .detail())
                .startsWith("driver: for CUDA 12.6 or newer, not 12.4");
        assertThat(new DeviceProbe(new Stub(12060), () -> 100201, libraries)
                        .look(0)
                        .getLast()
                        .detail())
                .startsWith("tensorrt: 10.3.0 or newer and below 11, not 10.2.1");
    }

    /** TensorRT may be built with a newer CUDA than the providers. CUDA itself does not need that driver. */
    @Test
    void aDriverThatIsTooOldForTensorRtAloneFailsTheStepOfTensorRt() throws Exception {
        say("cuda=12.8\ntensorrt=10.14.1\ntensorrt.cuda=13.0\n");

        assertThat(new DeviceProbe(new Stub(12090), () -> 101501, libraries).look(0))
                .filteredOn(ProbeStep::hasFailed)
                .singleElement()
                .isEqualTo(ProbeStep.failed(
                        Name.TENSORRT,
                        "driver: for CUDA 13.0 or newer, which this TensorRT requires, not 12.9. Install a newer"
                                + " driver of NVIDIA, or a TensorRT for an older CUDA (docs/gpu.md)."));
        assertThat(new DeviceProbe(new Stub(13000), () -> 101501, libraries).look(0))
                .noneMatch(ProbeStep::hasFailed);
    }

    @Test
    void aFileThatSaysNoVersionIsNamedAndNothingIsUsed() throws Exception {
        say("cuda=twelve\ntensorrt=10.3\n");

        assertThatThrownBy(() -> ProviderBuild.in(libraries))
                .isInstanceOf(ProbeFailedException.class)
                .hasMessage(
                        libraries.resolve("provider.properties") + ": cuda: a version such as 10.3, not \"twelve\"");
        assertThat(new DeviceProbe(new Stub(13000), () -> 101501, libraries).look(0))
                .singleElement()
                .satisfies(step -> assertThat(step.name()).isEqualTo(Name.DRIVER))
                .satisfies(step -> assertThat(step.hasFailed()).isTrue());
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithTheReasonAndNoClass() throws Exception {
        say("cuda=\\u12\n");
        assertThatThrownBy(() -> ProviderBuild.in(libraries))
                .hasMessage(libraries.resolve("provider.properties") + ": cannot be read: not a properties file");

        Files.delete(libraries.resolve("provider.properties"));
        Files.createDirectory(libraries.resolve("provider.properties"));
        assertThatThrownBy(() -> ProviderBuild.in(libraries))
                .hasMessage(libraries.resolve("provider.properties") + ": cannot be read: is a directory");
    }

    private void say(String text) throws IOException {
        Files.writeString(libraries.resolve("provider.properties"), text);
    }

    private record Stub(int cuda) implements NvidiaDriver {

        @Override
        public int cudaVersion() {
            return cuda;
        }

        @Override
        public GpuDevice device(int index) {
            return new GpuDevice("Stub 9000", 9, 0, 80L << 30);
        }
    }
}
