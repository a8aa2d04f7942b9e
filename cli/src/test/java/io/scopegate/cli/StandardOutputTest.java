package io.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    private final PrintStream standardOut = System.out;
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreStreams() {
        System.setOut(standardOut);
        System.setErr(standardError);
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() {
        System.setOut(new PrintStream(new Full(), true, StandardCharsets.UTF_8));

        assertThat(Scopegate.run("--version")).isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("scopegate: standard output could not be written completely");
    }

    @Test
    void wrongCallStaysOneWhateverBecomesOfTheOutput() {
        System.setOut(new PrintStream(new Full(), true, StandardCharsets.UTF_8));

        assertThat(Scopegate.run("infer", "--surely-not")).isEqualTo(2);
    }

    @Test
    void outputThatArrivesIsNone() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));

        assertThat(Scopegate.run("--version")).isZero();

        assertThat(output.toString(StandardCharsets.UTF_8)).startsWith("scopegate ");
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** As a full disk behind standard output. */
    private static final class Full extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
