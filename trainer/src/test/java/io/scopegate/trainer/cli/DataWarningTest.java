package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DataWarningTest {

    @Test
    void fiveCasesAreNamedAndAllAreCounted() {
        DataWarning warning = new DataWarning("the same picture", List.of("a", "b", "c", "d", "e", "f"));

        assertThat(warning.line()).isEqualTo("WARNING: data: the same picture: 6: a; b; c; d; e; and more");
        assertThat(warning.brief()).isEqualTo("data: the same picture: 6");
    }
}
