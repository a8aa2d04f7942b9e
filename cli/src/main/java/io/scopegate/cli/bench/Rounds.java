package io.scopegate.cli.bench;

import io.scopegate.cli.load.StageTimes;
import io.scopegate.cli.report.Percentiles;
import io.scopegate.client.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The results of all rounds of one call. The speed of a machine that others use drifts, so figures are compared within
 * a round, and each ratio is the median over the rounds.
 *
 * @param rounds at least one, in order
 */
record Rounds(List<Round> rounds) {

    /** The median and range of a ratio over the rounds. */
    record Ratio(double median, double least, double most) {

        static Ratio of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            return new Ratio(median, sorted[0], sorted[sorted.length - 1]);
        }
    }

    Ratio ratioToBareModel() {
        return ratio(Round::ratioToBareModel);
    }

    Ratio ratioToEcho() {
        return ratio(Round::ratioToEcho);
    }

    private Ratio ratio(ToDoubleFunction<Round> ofRound) {
        return Ratio.of(rounds.stream().mapToDouble(ofRound).toArray());
    }

    double framesPerSecond() {
        return mean(round -> round.stack().framesPerSecond());
    }

    double bareFramesPerSecond() {
        return mean(round -> round.bare().runsPerSecond());
    }

    double echoFramesPerSecond() {
        return mean(round -> round.echo().framesPerSecond());
    }

    private double mean(ToDoubleFunction<Round> ofRound) {
        return rounds.stream().mapToDouble(ofRound).average().orElse(Double.NaN);
    }

    /** Returns the times of the frames that went through the stack. */
    StageTimes times() {
        StageTimes times = new StageTimes();
        rounds.forEach(round -> times.addAll(round.stack().times()));
        return times;
    }

    /** Returns the number of frames that the server did not answer. */
    int unanswered() {
        return times().count(Outcome.ABANDONED);
    }

    /** Returns the times of single runs of the bare model. */
    Percentiles bareRuns() {
        return all(round -> round.bare().run());
    }

    /** Returns the round trips of the bare messages. */
    Percentiles echoRoundTrips() {
        return all(round -> round.echo().roundTrips());
    }

    private Percentiles all(Function<Round, Percentiles> ofRound) {
        Percentiles all = new Percentiles();
        rounds.forEach(round -> all.addAll(ofRound.apply(round)));
        return all;
    }

    /** Returns the processor time of the server per 1,000 judged frames, in seconds. */
    double serverSeconds() {
        return per1000(
                times().count(Outcome.CLASSIFIED),
                round -> round.stack().server().processorTime());
    }

    /** Returns the same for the devices, which are this process. */
    double clientSeconds() {
        return per1000(times().count(Outcome.CLASSIFIED), round -> round.stack().clientTime());
    }

    /** Returns the same for the bare model, per 1,000 runs. */
    double bareSeconds() {
        return per1000(bareRuns().count(), round -> round.bare().processorTime());
    }

    private double per1000(int frames, Function<Round, Duration> ofRound) {
        Duration all = rounds.stream().map(ofRound).reduce(Duration.ZERO, Duration::plus);
        return all.toNanos() / 1e6 / frames;
    }

    /** Returns how fast Java allocated objects in the server while it was measured, in MB per second. */
    double allocatedPerSecond() {
        double megabytes = 0;
        Duration elapsed = Duration.ZERO;
        for (Round round : rounds) {
            megabytes += round.stack().server().allocated().megabytes();
            elapsed = elapsed.plus(round.stack().server().allocated().elapsed());
        }
        return megabytes * 1e9 / elapsed.toNanos();
    }

    /** Returns the server's resident memory before the first measured frame. */
    double residentAtStart() {
        return rounds.getFirst().stack().server().start().residentMegabytes();
    }

    /** Returns the resident memory halfway. */
    double residentInTheMiddle() {
        int half = rounds.size() / 2;
        ServerFigures server = rounds.get(half).stack().server();
        return (rounds.size() % 2 == 1 ? server.middle() : server.start()).residentMegabytes();
    }

    /** Returns the resident memory after the last measured frame was answered. */
    double residentAtEnd() {
        return last().end().residentMegabytes();
    }

    /** Returns the server's figures of the last round. */
    ServerFigures last() {
        return rounds.getLast().stack().server();
    }
}
