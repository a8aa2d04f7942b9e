package io.scopegate.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.dataset.FrameTimes;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Evaluation;
import io.scopegate.trainer.evaluate.Evaluation.Answer;
import io.scopegate.trainer.evaluate.Evaluation.Unjudged;
import io.scopegate.trainer.evaluate.Metrics;
import io.scopegate.trainer.metrics.Score;
import io.scopegate.trainer.report.TrainingHistory.Epoch;
import io.scopegate.trainer.train.EarlyStop;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {

    private static final TrainingHistory HISTORY = new TrainingHistory(
            List.of(new Epoch(1, 0.7, 0.5, Optional.of(0.5)), new Epoch(2, 0.4, 0.8, Optional.of(0.75))),
            Optional.of(new EarlyStop(2, 9, 1, 1)));

    @TempDir
    Path folder;

    @Test
    void pageIsWellFormedAndNeedsNothingFromElsewhere() throws Exception {
        String html = report(mixed(), true).html();

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        assertThat(html)
                .doesNotContain("http://", "https://", "<script", "url(")
                .contains("default-src 'none'")
                .containsPattern("src=\"data:image/jpeg;base64,");
    }

    @Test
    void namesFromDataAreEscaped() throws IOException {
        assertThat(report(mixed(), false).html())
                .contains("&lt;b&gt;video&lt;/b&gt;")
                .doesNotContain("<b>video</b>");
    }

    @Test
    void withoutThumbnailsThereIsNoPicture() throws IOException {
        assertThat(report(mixed(), false).html()).doesNotContain("<img").contains("exposed: is out of body");
    }

    @Test
    void deletedFrameShowsTheReasonInPlaceOfItsPicture() throws Exception {
        Evaluation evaluation =
                new Evaluation(List.of(answer("a", 2, Label.IN_BODY), answer("a", -1, Label.OUT_OF_BODY)), List.of());
        Path gone = evaluation.answers().getLast().frame().file();
        Files.delete(gone);

        String html = report(evaluation, true).html();

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        assertThat(html)
                .contains("<p class=\"missing\">No picture: the frame could not be read again: " + gone
                        + ": no such file or folder</p><div><b>exposed: is out of body</b>in body 0.731")
                .containsOnlyOnce("class=\"missing\"")
                .containsOnlyOnce("src=\"data:image/jpeg;base64,");
    }

    @Test
    void unjudgedFramesAreListedWithTheirReason() throws IOException {
        assertThat(report(mixed(), false).html())
                .containsSubsequence(
                        "Frames that could not be judged: 1. ",
                        "broken.jpg: truncated",
                        "Intervals are 95 % Wilson intervals",
                        "<h2>Verdicts and probabilities</h2>");
    }

    @Test
    void everyPlotHasATextAndATable() throws IOException {
        String html = report(mixed(), false).html();

        assertThat(html.split("role=\"img\" aria-label=\"", -1).length - 1)
                .isEqualTo(html.split("<summary>As a table</summary>", -1).length - 1)
                .isEqualTo(7);
    }

    @Test
    void oneLabelAloneHasAReasonInPlaceOfACurve() throws IOException {
        Evaluation outOfBody = new Evaluation(List.of(answer("a", 2, Label.OUT_OF_BODY)), List.of());

        assertThat(report(outOfBody, false).html())
                .contains("no in-body frame")
                .doesNotContain("ROC curve")
                .doesNotContain("NaN");
    }

    @Test
    void exposureWithoutFrameTimesStatesTheReason() throws IOException {
        assertThat(report(mixed(), false).html())
                .contains("<h3>Out of body shown, an hour</h3><strong>–</strong><p>the times of the frames are not"
                        + " known</p>");
    }

    @Test
    void earlyStopOfTheTrainingIsStated() throws IOException {
        assertThat(report(mixed(), false).html())
                .contains("<h2>Training</h2><p>Training stopped early after epoch 2 of 9: validation accuracy has not"
                        + " improved since epoch 1 (fit.patience: 1).</p>");
    }

    @Test
    void pageIsWrittenForAnEmptyEvaluation() throws IOException {
        assertThat(report(new Evaluation(List.of(), List.of()), false).html())
                .contains("no frame")
                .doesNotContain("NaN");
    }

    private Evaluation mixed() throws IOException {
        return new Evaluation(
                List.of(
                        answer("a", -2, Label.IN_BODY),
                        answer("<b>video</b>", -1, Label.OUT_OF_BODY),
                        answer("a", 3, Label.OUT_OF_BODY)),
                List.of(new Unjudged(frame("a", Label.IN_BODY), "broken.jpg: truncated")));
    }

    private EvaluationReport report(Evaluation evaluation, boolean thumbnails) {
        Subject subject = new Subject(
                "tiny/1", Subject.Digest.ofModel("sha256:00"), ExecutionTarget.CPU, "Split test", "00", Instant.EPOCH);
        return new EvaluationReport(
                subject,
                evaluation,
                Metrics.of(evaluation, 0.6, FrameTimes.NONE),
                List.of(),
                Optional.of(HISTORY),
                thumbnails);
    }

    private Answer answer(String group, double logOdds, Label shown) throws IOException {
        return new Answer(frame(group, shown), new Score(logOdds, shown), 0.6);
    }

    private LabelledFrame frame(String group, Label shown) throws IOException {
        Path file = Files.createTempFile(folder, "frame", ".png");
        ImageIO.write(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return new LabelledFrame(file, shown, group);
    }
}
