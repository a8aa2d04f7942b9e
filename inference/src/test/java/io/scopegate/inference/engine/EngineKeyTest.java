package io.scopegate.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.inference.device.DeviceFacts;
import io.scopegate.inference.device.GpuDevice;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EngineKeyTest {

    @Test
    void directoryNameContainsTheMainFieldsOfTheKey() {
        assertThat(SampleEngine.key().directoryName())
                .matches("aaaaaaaaaaaa-fp16-trt10\\.15\\.1\\.29-sm_90-b8-[0-9a-f]{32}");
    }

    @Test
    void theDirectoryIsTheSameInEveryLanguageOfTheMachine() {
        String name = SampleEngine.key().directoryName();
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(SampleEngine.key().directoryName()).isEqualTo(name);
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void eachFieldMakesAnotherDirectory() {
        assertThat(SampleEngine.others())
                .extracting(EngineKey::directoryName)
                .doesNotHaveDuplicates()
                .doesNotContain(SampleEngine.key().directoryName());
    }

    @Test
    void keyWithAnInvalidFieldIsRefused() {
        assertThatThrownBy(() -> SampleEngine.key(new DeviceFacts("13.0", "580.65.06", SampleEngine.GPU, "../10")))
                .hasMessage("tensorRt: 1 to 32 letters, digits and ._+-, not \"../10\"");
        assertThatThrownBy(() -> new EngineKey("inbody/3", SampleEngine.MAKE, "1.29.0", SampleEngine.MACHINE))
                .hasMessage("network: sha256: and 64 hexadecimal digits, not inbody/3");
        assertThatThrownBy(() -> new EngineSpecification(Precision.FP16, 0, SampleEngine.digest('f')))
                .hasMessage("maxBatch: 1 to 1024, not 0");
        GpuDevice unnamed = new GpuDevice("", 9, 0, 1);
        assertThatThrownBy(() -> SampleEngine.key(new DeviceFacts("13.0", "unknown", unnamed, "10.15.1")))
                .hasMessage("device: 1 to 256 characters without control characters, not \"\"");
    }
}
