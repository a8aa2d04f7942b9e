package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandStepsTest {

    private final PrintStream standardError = System.err;
    private final PrintStream standardOut = System.out;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreStreams() {
        System.setErr(standardError);
        System.setOut(standardOut);
    }

    @Test
    void failureIsOneLineWithoutControlCharactersWhateverTheNamesInIt() {
        int status = CommandSteps.call(out -> {
            throw new IOException("\u001b[2Ka\u009bb\nscopegate: all is well: ä.jpg");
        });

        assertThat(status).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("scopegate: ?[2Ka?b?scopegate: all is well: ä.jpg" + System.lineSeparator());
    }

    @Test
    void reportKeepsItsLinesAndNoOtherControlCharacters() {
        assertThat(CommandSteps.call(out -> out.accept("one\u001b]0;x\u0007\ntwo")))
                .isZero();

        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("one?]0;x?\ntwo" + System.lineSeparator());
    }
}
