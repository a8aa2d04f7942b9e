package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.trainer.train.EarlyStop;
import io.scopegate.trainer.train.EpochReport;
import io.scopegate.trainer.train.StepReport;
import io.scopegate.trainer.train.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingDisplayTest {

    private static final StepReport STEP = new StepReport(1, 2, 2, 4, 0.5, 0.75, 0.001, 4, 10);
    private static final EpochReport EPOCH = new EpochReport(1, 2, 0.7, 0.6, Optional.of(0.5), 0.001, 3);

    @Test
    void barShowsHowFarTheEpochIsAndHowLongTheRunWillTake() throws IOException {
        assertThat(shown(false, true))
                .contains(
                        "epoch 1/2 [============            ] 2/4  loss 0.5000  train 0.7500  4.0 images/s  1:00 left")
                .contains("epoch 1/2  loss 0.7000  train 0.6000  validation 0.5000  3.0 images/s\n");
    }

    @Test
    void withoutATerminalThereIsOneLineAnEpoch() throws IOException {
        assertThat(shown(false, false))
                .isEqualTo("a note\nepoch 1/2  loss 0.7000  train 0.6000  validation 0.5000  3.0 images/s\n");
    }

    @Test
    void jsonIsOneObjectALine() throws IOException {
        assertThat(shown(true, true).lines())
                .containsExactly(
                        "{\"event\":\"note\",\"text\":\"a note\"}",
                        "{\"event\":\"step\",\"epoch\":1,\"step\":2,\"steps\":4,\"loss\":0.5,\"trainAccuracy\":0.75,"
                                + "\"learningRate\":0.001,\"imagesPerSecond\":4.0,\"secondsLeft\":60.0}",
                        "{\"event\":\"epoch\",\"epoch\":1,\"epochs\":2,\"loss\":0.7,\"trainAccuracy\":0.6,"
                                + "\"validationAccuracy\":0.5,\"learningRate\":0.001,\"imagesPerSecond\":3.0}",
                        "{\"event\":\"done\",\"weights\":\"w\"}");
    }

    @Test
    void earlyStopIsPrinted() throws IOException {
        EarlyStop stop = new EarlyStop(3, 9, 1, 2);

        assertThat(stopped(false, false, stop)).isEqualTo(stop.line() + "\n");
        assertThat(stopped(false, true, stop)).isEqualTo(stop.line() + "\n");
        assertThat(stopped(true, true, stop))
                .isEqualTo("{\"event\":\"stopped\",\"epoch\":3,\"epochs\":9,\"bestEpoch\":1,\"patience\":2}\n");
        assertThat(stop.line())
                .isEqualTo("stopped early after epoch 3 of 9: validation accuracy has not improved since epoch 1"
                        + " (fit.patience: 2)");
    }

    private static String stopped(boolean json, boolean terminal, EarlyStop stop) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TrainingListener display =
                TrainingDisplay.choose(json, terminal, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        TrainingListener.all(List.of(display)).stopped(stop);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void warningsAreOneJsonEventOrSeparateTextLines() {
        assertThat(warned(false, "a", "b")).isEqualTo("WARNING: a\nWARNING: b\n");
        assertThat(warned(true, "a", "b")).isEqualTo("{\"event\":\"warnings\",\"warnings\":[\"a\",\"b\"]}\n");
        assertThat(warned(true)).isEmpty();
    }

    private static String warned(boolean json, String... warnings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TrainingDisplay.choose(json, false, new PrintStream(bytes, true, StandardCharsets.UTF_8))
                .warnings(List.of(warnings));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void jsonOutputReportsEachPercentOnce() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IntConsumer evaluating = TrainingDisplay.choose(
                        true, false, new PrintStream(bytes, true, StandardCharsets.UTF_8))
                .of("evaluating", 1000);

        IntStream.rangeClosed(1, 1000).forEach(evaluating);

        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(100);
        assertThat(lines.getFirst())
                .isEqualTo("{\"event\":\"progress\",\"what\":\"evaluating\",\"done\":10,\"of\":1000}");
        assertThat(lines.getLast())
                .isEqualTo("{\"event\":\"progress\",\"what\":\"evaluating\",\"done\":1000,\"of\":1000}");
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false"})
    void namesInNotesCannotSteerTheTerminal(boolean json, boolean terminal) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        TrainingDisplay.choose(json, terminal, new PrintStream(bytes, true, StandardCharsets.UTF_8))
                .note("group a\u001b[2Jb\u009b2Jc\u007f");

        assertThat(bytes.toString(StandardCharsets.UTF_8).stripTrailing())
                .contains("group a", "[2Jb?2Jc?")
                .doesNotContainPattern("\\p{Cc}");
    }

    private static String shown(boolean json, boolean terminal) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TrainingDisplay display =
                TrainingDisplay.choose(json, terminal, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        display.note("a note");
        display.step(STEP);
        display.epoch(EPOCH);
        display.done(JsonNodeFactory.instance.objectNode().put("weights", "w"));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
