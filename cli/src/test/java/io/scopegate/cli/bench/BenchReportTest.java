package io.scopegate.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.bench.echo.Echo;
import io.scopegate.cli.bench.target.BareModel;
import io.scopegate.cli.bench.target.TargetOptions;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.cli.load.StageTimes;
import io.scopegate.cli.report.Answers;
import io.scopegate.cli.report.Percentiles;
import io.scopegate.cli.server.ServerProcess.Usage;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.client.Outcome;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.sampledata.FrameSize;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchReportTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private NullModel model;
    private SentPictures pictures;

    @BeforeEach
    void publish() throws Exception {
        model = NullModel.publish();
        pictures = SentPictures.render(PixelFormat.RGB8, FrameSize.parse("64x64"));
    }

    @AfterEach
    void remove() throws Exception {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p50Ms",
                "p90Ms",
                "p99Ms",
                "p999Ms",
                "overheadP50Ms",
                "overheadP99Ms",
                "framesPerSecond",
                "ratioToBareModel",
                "ratioToEcho",
                "unanswered",
                "rssMbStart",
                "rssMbMiddle",
                "rssMbEnd",
                "cpuSecondsPer1000Frames"
            })
    void everyFigureIsANumber(String name) {
        assertThat(report(times(Outcome.CLASSIFIED), 100).json().path(name).isNumber())
                .isTrue();
    }

    @Test
    void framesAreCountedByTheirOutcomes() {
        JsonNode report = report(times(Outcome.ABANDONED), 100).json();

        assertThat(report.path("unanswered").asInt()).isEqualTo(1);
        assertThat(report.path("outcomes")).hasToString("{\"ABANDONED\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overheadP50Ms", "overheadP99Ms", "cpuSecondsPer1000Frames", "rssMbStart"})
    void unmeasuredFigureIsNullInJson(String name) {
        JsonNode figure = report(new StageTimes(), Double.NaN).json().path(name);

        assertThat(figure.isNull()).isTrue();
    }

    @Test
    void whatCouldNotBeMeasuredIsSaidInWordsToHumans() {
        String text = new BenchTable(report(new StageTimes(), Double.NaN)).text();

        assertThat(text)
                .containsPattern("overhead +not measured( not measured){4}\\R")
                .contains("server       not measured MB resident at the start, not measured halfway,"
                        + " not measured at the end")
                .contains("not measured s of CPU time per 1,000 frames")
                .doesNotContain("NaN", "Infinity");
    }

    /** Returns the times of one frame. */
    private static StageTimes times(Outcome outcome) {
        StageTimes times = new StageTimes();
        times.add(Answers.with(outcome));
        return times;
    }

    private BenchReport report(StageTimes times, double megabytes) {
        Percentiles one = new Percentiles();
        one.add(SECOND);
        Usage usage = new Usage(megabytes, Duration.ZERO);
        ServerFigures server = new ServerFigures(usage, usage, usage, new AllocatedMemory(1, SECOND), 1, "a decoder");
        Round round = new Round(
                new BareModel.Figures(one, SECOND, SECOND),
                new StackFigures(times, 1, 1, server, SECOND),
                new Echo.Figures(1, one));
        LoadPlan load = new LoadPlan(1, 0, Duration.ZERO, SECOND, DeliveryPolicy.BLOCK);
        BenchPlan plan = new BenchPlan(load, 1, pictures, ExecutionTarget.CPU, new TargetOptions(), null);
        return new BenchReport(model.published(), plan, new Rounds(List.of(round)));
    }
}
