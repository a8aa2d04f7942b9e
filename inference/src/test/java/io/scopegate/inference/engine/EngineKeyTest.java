package io.scopegate.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EngineKeyTest {

    @Test
    void theDirectorySaysAtAGlanceWhatItIs() {
        assertThat(SampleEngine.key().directoryName())
                .isEqualTo("aaaaaaaaaaaa-fp16-trt10.15.1-sm_90-b8-e32c62553b2cf5c82e59847e7f8e3abf");
    }

    @Test
    void eachFieldMakesAnotherDirectory() {
        assertThat(SampleEngine.others())
                .extracting(EngineKey::directoryName)
                .doesNotHaveDuplicates()
                .doesNotContain(SampleEngine.key().directoryName());
    }

    @Test
    void aKeyThatCouldLeadElsewhereIsRefused() {
        assertThatThrownBy(() ->
                        new EngineKey(SampleEngine.digest('a'), Precision.FP16, "1.29.0", "../10", "13.0", "sm_90", 8))
                .hasMessage("tensorRt: 1 to 32 letters, digits and ._+-, not \"../10\"");
        assertThatThrownBy(() -> new EngineKey("inbody/3", Precision.FP16, "1.29.0", "10", "13.0", "sm_90", 8))
                .hasMessage("model: sha256: and 64 hexadecimal digits, not inbody/3");
        assertThatThrownBy(() -> new EngineKey(SampleEngine.digest('a'), Precision.FP16, "1", "10", "13.0", "sm_90", 0))
                .hasMessage("maxBatch: 1 to 1024, not 0");
    }
}
