package io.scopegate.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Evaluation.Answer;
import io.scopegate.trainer.metrics.Score;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Evaluation NONE = new Evaluation(List.of(), List.of());
    private static final Evaluation MIXED = new Evaluation(
            List.of(
                    answer("lap_1", Label.OUT_OF_BODY, Label.IN_BODY),
                    answer("tool", Label.OUT_OF_BODY, Label.OUT_OF_BODY),
                    answer("rendered-1-drape", Label.OUT_OF_BODY, Label.OUT_OF_BODY)),
            List.of());

    @Test
    void subsetFiguresAreAbsentUnlessRequested() {
        JsonNode heldOut = figures(MIXED).toJson().path("heldOut");

        assertThat(heldOut.path("frames").asInt()).isEqualTo(3);
        assertThat(heldOut.has("subsets")).isFalse();
        assertThat(figures(MIXED).lines()).doesNotContain("groups");
    }

    /**
     * {@code lap_?} selects one frame of three, {@code !rendered-*} all but the rendered one. No group matches {@code
     * video.*}, so it gets no figures.
     */
    @Test
    void subsetsAreCountedBesideAllFrames() {
        Figures figures = figures(MIXED, "lap_?", "!rendered-*", "video.*");

        JsonNode subsets = figures.toJson().path("heldOut").path("subsets");
        assertThat(subsets.path("lap_?").path("frames").asInt()).isEqualTo(1);
        assertThat(subsets.path("lap_?").path("outOfBodyRecall").asDouble(-1)).isZero();
        assertThat(subsets.path("!rendered-*").path("frames").asInt()).isEqualTo(2);
        assertThat(subsets.path("!rendered-*").path("outOfBodyRecall").asDouble())
                .isEqualTo(0.5);
        assertThat(subsets.has("video.*")).isFalse();
        assertThat(figures.lines())
                .contains("held out, groups lap_?", "out of body 0 of 1 right")
                .contains("held out, groups !rendered-*", "out of body 1 of 2 right");
    }

    @Test
    void subsetWithoutAFrameInAnySplitIsNamed() {
        assertThat(figures(MIXED, "lap-*", "lap_*").lines())
                .containsOnlyOnce("no frames")
                .contains("groups lap-*: no frames");
        assertThat(figures(MIXED, "lap-*").lines("list", MIXED)).contains("groups lap-*: no frames");
    }

    @Test
    void patternThatCanMatchNoGroupIsRefused() {
        for (String pattern : List.of("", " ", "!", "!*", "!**")) {
            assertThatThrownBy(() -> new GroupSubset(pattern)).hasMessage("a pattern of names, not '" + pattern + "'");
        }
        assertThatCode(() -> new GroupSubset("!*a")).doesNotThrowAnyException();
    }

    @Test
    void splitWithoutFramesIsLeftOut() {
        assertThat(figures(MIXED).toJson().has("train")).isFalse();
    }

    @Test
    void wrongAnswersAreListed() {
        assertThat(figures(MIXED).lines())
                .contains("held out")
                .contains("by class:   in body 0 of 0 right, out of body 2 of 3 right")
                .contains("wrong: lap_1 outbody/lap_1.jpg, in body 0.700");
    }

    @Test
    void onlyTheFirstWrongAnswersAreListedAndTheRestCounted() {
        List<Answer> wrong = IntStream.rangeClosed(1, 25)
                .mapToObj(number -> answer("video-" + number, Label.OUT_OF_BODY, Label.IN_BODY))
                .toList();

        assertThat(figures(new Evaluation(wrong, List.of())).lines())
                .contains("wrong: video-20 outbody")
                .doesNotContain("wrong: video-21")
                .contains("and 5 more that are wrong");
    }

    /**
     * An out-of-body frame has an in-body probability of 0.55, less than the threshold of 0.6: wrong by class, right
     * by verdict.
     */
    @Test
    void doubtfulFrameCountsByClassAndByVerdict() {
        Answer doubtful = answer(frame("lap_1", Label.OUT_OF_BODY), 0.55, 0.6);

        JsonNode heldOut =
                figures(new Evaluation(List.of(doubtful), List.of())).toJson().path("heldOut");

        assertThat(heldOut.path("outOfBodyRecall").asDouble(-1)).isZero();
        assertThat(heldOut.path("verdicts").path("outOfBodyRecall").asDouble(-1))
                .isEqualTo(1);
    }

    private static Figures figures(Evaluation heldOut, String... subsets) {
        return new Figures(
                NONE, NONE, heldOut, Stream.of(subsets).map(GroupSubset::new).toList());
    }

    private static Answer answer(String group, Label shown, Label answered) {
        return answer(frame(group, shown), answered == Label.IN_BODY ? 0.7 : 0.3, 0.5);
    }

    private static Answer answer(LabelledFrame frame, double inBody, double threshold) {
        return new Answer(frame, new Score(Math.log((1 - inBody) / inBody), frame.label()), threshold);
    }

    private static LabelledFrame frame(String group, Label shown) {
        return new LabelledFrame(Path.of(group + ".jpg"), shown, group);
    }
}
