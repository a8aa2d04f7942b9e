package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class TypedNameTest {

    @Test
    void constantIsParsedByItsTypedOrDeclaredName() {
        assertThat(new ExportFormat.Converter().convert("state-dict")).isEqualTo(ExportFormat.STATE_DICT);
        assertThat(new ExportFormat.Converter().convert("State_Dict")).isEqualTo(ExportFormat.STATE_DICT);
    }

    @Test
    void unknownConstantIsRefusedWithTheValidNames() {
        assertThatThrownBy(() -> new ExportFormat.Converter().convert("pickle"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("one of [model, state-dict, torchscript, onnx, safetensors, engine], not pickle");
    }
}
