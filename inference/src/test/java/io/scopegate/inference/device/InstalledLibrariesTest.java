package io.scopegate.inference.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is said of libraries that are not there, or not what they should be; and that functions are called rightly. */
@EnabledOnOs(OS.LINUX)
class InstalledLibrariesTest {

    private static final String ABSENT = "libscopegate-absent.so.1";
    private static final String ANOTHER = "libc.so.6";

    @Test
    void anAbsentDriverIsNamedWithWhatToInstall() {
        assertThatThrownBy(() -> new InstalledDriver(ABSENT).cudaVersion())
                .isInstanceOf(ProbeFailedException.class)
                .hasMessageContaining(ABSENT)
                .hasMessageContaining("Install NVIDIA's driver");
    }

    @Test
    void aLibraryThatIsNoDriverIsNamedWithTheFunctionThatItLacks() {
        assertThatThrownBy(() -> new InstalledDriver(ANOTHER).device(0))
                .isInstanceOf(ProbeFailedException.class)
                .hasMessage("libc.so.6: has cuInit, not so");
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

        assertThat(library.call("abs", -5)).isEqualTo(5);
        try (Arena arena = Arena.ofConfined()) {
            assertThat(library.call("atoi", arena.allocateFrom("1234"))).isEqualTo(1234);
        }
    }
}
