package io.scopegate.inference.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests the messages for libraries that are missing or wrong, and that native functions are called correctly. */
@EnabledOnOs(OS.LINUX)
class InstalledLibrariesTest {

    private static final String ABSENT = "libscopegate-absent.so.1";
    private static final String ANOTHER = "libc.so.6";

    private static final DriverRelease RELEASE = new DriverRelease(Path.of("none"));

    @Test
    void anAbsentDriverIsNamedWithWhatToInstall() {
        assertThatThrownBy(() -> new InstalledDriver(ABSENT, RELEASE).cudaVersion())
                .isInstanceOf(ProbeFailedException.class)
                .hasMessageContaining(ABSENT)
                .hasMessageContaining("Install NVIDIA's driver");
    }

    @Test
    void aMachineWithoutADriverHasNoGpuRatherThanAFault() {
        DeviceProbe probe = new DeviceProbe(new InstalledDriver(ABSENT, RELEASE), new InstalledTensorRt(ABSENT));

        assertThat(probe.look(0)).singleElement().satisfies(step -> {
            assertThat(step.isAbsent()).isTrue();
            assertThat(step.hasFailed()).isTrue();
        });
    }

    @Test
    void anAbsentTensorRtWhereThereIsAGpuIsAFault() {
        NvidiaDriver driver = new NvidiaDriver() {
            @Override
            public int cudaVersion() {
                return 13000;
            }

            @Override
            public GpuDevice device(int index) {
                return new GpuDevice("Stub 9000", 9, 0, 80L << 30);
            }
        };

        ProbeStep step =
                new DeviceProbe(driver, new InstalledTensorRt(ABSENT)).look(0).getLast();

        assertThat(step.hasFailed()).isTrue();
        assertThat(step.isAbsent()).isFalse();
    }

    @Test
    void aLibraryThatIsNoDriverIsNamedWithTheFunctionThatItLacks() {
        assertThatThrownBy(() -> new InstalledDriver(ANOTHER, RELEASE).device(0))
                .isInstanceOf(ProbeFailedException.class)
                .hasMessage("libc.so.6: has no function cuInit");
    }

    @Test
    void anAbsentTensorRtIsNamedWithWhatToInstall() {
        assertThatThrownBy(() -> new InstalledTensorRt(ABSENT).version())
                .isInstanceOf(ProbeFailedException.class)
                .hasMessageContaining(ABSENT)
                .hasMessageContaining("10.14.1");
    }

    @Test
    void functionsGetNumbersAndPointersAndGiveTheirResult() throws ProbeFailedException {
        NativeFunctions library = NativeFunctions.load(ANOTHER, "");

        assertThat(library.has("abs")).isTrue();
        assertThat(library.has("getInferLibBuildVersion")).isFalse();
        assertThat(library.call("abs", -5)).isEqualTo(5);
        try (Arena arena = Arena.ofConfined()) {
            assertThat(library.call("atoi", arena.allocateFrom("1234"))).isEqualTo(1234);
        }
    }
}
