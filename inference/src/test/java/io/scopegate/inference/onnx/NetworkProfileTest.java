package io.scopegate.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.preprocess.InputShape;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NetworkProfileTest {

    @Test
    void tensorRtIsToldTheSameShapeInEveryLanguageOfTheMachine() {
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(new NetworkProfile("input", new InputShape(320, 256), 8).batch(8))
                    .isEqualTo("input:8x3x320x256");
        } finally {
            Locale.setDefault(machine);
        }
    }
}
