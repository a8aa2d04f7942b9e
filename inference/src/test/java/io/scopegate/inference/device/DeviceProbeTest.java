package io.scopegate.inference.device;

import static io.scopegate.inference.device.ProbeStep.Name.DEVICE;
import static io.scopegate.inference.device.ProbeStep.Name.DRIVER;
import static io.scopegate.inference.device.ProbeStep.Name.TENSORRT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceProbeTest {

    private static final NvidiaDriver GOOD = driver(13000);

    /** On a machine that has them, the probe reports driver, device and TensorRT. */
    @Test
    void availableDriverDeviceAndTensorRtAreReported() {
        assertThat(new DeviceProbe(GOOD, () -> 101501).look(0))
                .containsExactly(
                        ProbeStep.passed(DRIVER, "for CUDA 13.0"),
                        ProbeStep.passed(DEVICE, "Stub 9000, sm_90"),
                        ProbeStep.passed(TENSORRT, "10.15.1"));
    }

    /** Such a TensorRT may still build engines, so that the step passes. The engines' key is not changed by it. */
    @Test
    void aTensorRtWithoutAResourceForTheDeviceIsToldWithoutFailing() throws ProbeFailedException {
        TensorRtLibrary general = new TensorRtLibrary() {
            @Override
            public int version() {
                return 101501;
            }

            @Override
            public boolean hasBuilderResource(String architecture) {
                return !architecture.equals("sm_90");
            }
        };
        DeviceProbe probe = new DeviceProbe(GOOD, general);

        assertThat(probe.look(0).getLast())
                .isEqualTo(ProbeStep.passed(
                        TENSORRT,
                        "10.15.1; TensorRT has no builder resource for sm_90: building an engine may fail or end the"
                                + " process. Install NVIDIA's own TensorRT (docs/gpu.md)"));
        assertThat(probe.facts(0).tensorRt()).isEqualTo("10.15.1");
    }

    @Test
    void enginesDependOnTheBuildAndTheDriverToo() throws ProbeFailedException {
        TensorRtLibrary library = new TensorRtLibrary() {
            @Override
            public int version() {
                return 101501;
            }

            @Override
            public OptionalInt build() {
                return OptionalInt.of(29);
            }
        };

        assertThat(new DeviceProbe(GOOD, library).facts(0))
                .isEqualTo(
                        new DeviceFacts("13.0", "unknown", new GpuDevice("Stub 9000", 9, 0, 80L << 30), "10.15.1.29"));
    }

    @Test
    void withoutADriverNothingElseIsAsked() {
        NvidiaDriver absent = new NvidiaDriver() {
            @Override
            public int cudaVersion() throws ProbeFailedException {
                throw new ProbeFailedException("no driver");
            }

            @Override
            public GpuDevice device(int index) {
                throw new AssertionError("asked for a device");
            }
        };

        assertThat(new DeviceProbe(absent, DeviceProbeTest::neverAsked).look(0))
                .containsExactly(ProbeStep.failed(DRIVER, "no driver"));
    }

    @Test
    void aDriverThatIsTooOldIsNamedWithTheLimit() {
        List<ProbeStep> steps = new DeviceProbe(driver(12040), DeviceProbeTest::neverAsked).look(0);

        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(step.hasFailed()).isTrue();
            assertThat(step.detail()).contains("12.8 or newer, not 12.4", "Install");
        });
    }

    @Test
    void probeStopsIfTheDeviceIsMissing() {
        assertThat(new DeviceProbe(GOOD, DeviceProbeTest::neverAsked).look(1))
                .element(1)
                .isEqualTo(ProbeStep.failed(DEVICE, "no device 1"));
    }

    @ParameterizedTest
    @CsvSource({"100600, true", "101400, true", "101401, false", "101602, false", "110000, true"})
    void aTensorRtThatTheProviderWasNotBuiltForIsRefused(int version, boolean refused) {
        ProbeStep step = new DeviceProbe(GOOD, () -> version).look(0).getLast();

        assertThat(step.name()).isEqualTo(TENSORRT);
        assertThat(step.hasFailed()).isEqualTo(refused);
    }

    /** In a build without foreign functions the driver cannot be asked. The probe says so and goes on. */
    @Test
    void probeContinuesIfForeignFunctionsAreUnsupported() {
        NvidiaDriver dumb = new NvidiaDriver() {
            @Override
            public int cudaVersion() {
                throw new UnsupportedOperationException("no foreign functions");
            }

            @Override
            public GpuDevice device(int index) {
                throw new UnsupportedOperationException("no foreign functions");
            }
        };

        assertThat(new DeviceProbe(dumb, () -> 101501).look(0))
                .extracting(ProbeStep::result)
                .containsExactly(ProbeStep.Result.NOT_ASKED, ProbeStep.Result.NOT_ASKED, ProbeStep.Result.PASSED);
    }

    /** Returns a driver with one device. */
    private static NvidiaDriver driver(int cuda) {
        return new NvidiaDriver() {
            @Override
            public int cudaVersion() {
                return cuda;
            }

            @Override
            public GpuDevice device(int index) throws ProbeFailedException {
                if (index > 0) {
                    throw new ProbeFailedException("no device " + index);
                }
                return new GpuDevice("Stub 9000", 9, 0, 80L << 30);
            }
        };
    }

    private static int neverAsked() {
        throw new AssertionError("asked for TensorRT");
    }
}
