package io.scopegate.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scopegate.cli.bench.echo.Echo;
import io.scopegate.cli.bench.target.BareModel;
import io.scopegate.cli.load.StageTimes;
import io.scopegate.cli.report.Percentiles;
import io.scopegate.cli.server.ServerProcess.Usage;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Offset<Double> ROUNDING = within(1e-9);

    @Test
    void aMachineThatSlowsDownForAllDoesNotChangeTheRatio() {
        Rounds rounds = new Rounds(List.of(round(100, 90, 200, 1), round(10, 9, 20, 2), round(50, 45, 100, 3)));

        assertThat(rounds.ratioToBareModel().median()).isCloseTo(0.9, ROUNDING);
        assertThat(rounds.ratioToBareModel().least()).isCloseTo(0.9, ROUNDING);
        assertThat(rounds.ratioToBareModel().most()).isCloseTo(0.9, ROUNDING);
        assertThat(rounds.ratioToEcho().median()).isCloseTo(0.45, ROUNDING);
    }

    @Test
    void oneDisturbedRoundShowsInTheLeastAndNotInTheMedian() {
        Rounds rounds = new Rounds(List.of(round(100, 95, 100, 1), round(100, 10, 100, 2), round(100, 97, 100, 3)));

        assertThat(rounds.ratioToBareModel()).isEqualTo(new Rounds.Ratio(0.95, 0.1, 0.97));
    }

    @Test
    void ofAnEvenNumberOfRoundsTheMedianLiesBetweenTheMiddleOnes() {
        Rounds rounds = new Rounds(List.of(round(100, 80, 100, 1), round(100, 90, 100, 2)));

        assertThat(rounds.ratioToEcho().median()).isCloseTo(0.85, ROUNDING);
    }

    @Test
    void middleMemoryIsMeasuredHalfwayThroughAllRounds() {
        Round first = round(1, 1, 1, 10);
        Round second = round(1, 1, 1, 20);
        Round third = round(1, 1, 1, 30);

        assertThat(new Rounds(List.of(first, second, third)).residentInTheMiddle())
                .isEqualTo(21);
        assertThat(new Rounds(List.of(first, second)).residentInTheMiddle()).isEqualTo(20);
        assertThat(new Rounds(List.of(first, second)).residentAtEnd()).isEqualTo(22);
    }

    @Test
    void cpuTimePer1000RunsCoversAllRounds() {
        Rounds rounds = new Rounds(List.of(round(100, 90, 200, 1), round(300, 90, 200, 2)));

        assertThat(rounds.bareSeconds()).isCloseTo(2 * 1000 / 400.0, ROUNDING);
    }

    @Test
    void allocationRateUsesTheElapsedTimeOfTheRounds() {
        AllocatedMemory slow = new AllocatedMemory(30, Duration.ofSeconds(2));
        AllocatedMemory quick = new AllocatedMemory(30, Duration.ofSeconds(1));

        Rounds rounds =
                new Rounds(List.of(round(100, 90, 200, server(1, slow)), round(100, 90, 200, server(1, quick))));

        assertThat(rounds.allocatedPerSecond()).isCloseTo(20, ROUNDING);
    }

    /** Returns a round of one second per subject, in which the bare model used one second of processor time. */
    private static Round round(int bare, double stack, double echo, double megabytes) {
        return round(bare, stack, echo, server(megabytes, new AllocatedMemory(1, Duration.ofSeconds(1))));
    }

    private static Round round(int bare, double stack, double echo, ServerFigures server) {
        Percentiles runs = new Percentiles();
        for (int i = 0; i < bare; i++) {
            runs.add(Duration.ofMillis(1));
        }
        Duration second = Duration.ofSeconds(1);
        return new Round(
                new BareModel.Figures(runs, second, second),
                new StackFigures(new StageTimes(), stack, 1, server, second),
                new Echo.Figures(echo, new Percentiles()));
    }

    private static ServerFigures server(double megabytes, AllocatedMemory allocated) {
        return new ServerFigures(
                usage(megabytes), usage(megabytes + 1), usage(megabytes + 2), allocated, 1, "a decoder");
    }

    private static Usage usage(double megabytes) {
        return new Usage(megabytes, Duration.ZERO);
    }
}
