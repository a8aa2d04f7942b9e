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
 * What all turns of one call gave. A machine that others use is quicker now and slower then, so that figures are compared
 * within a round, and the ratio is the median of the rounds'.
 *
 * @param rounds at least one, in their order
 */
record Rounds(List<Round> rounds) {

    /** Where the ratios of the rounds lie. */
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

    /** Of the frames that went through the stack. */
    StageTimes times() {
        StageTimes times = new StageTimes();
        rounds.forEach(round -> times.addAll(round.stack().times()));
        return times;
    }

    /** Frames that the server did not answer. */
    int unanswered() {
        return times().count(Outcome.ABANDONED);
    }

    /** Single runs of the bare model. */
    Percentiles bareRuns() {
        return all(round -> round.bare().run());
    }

    /** Bare messages there and back. */
    Percentiles echoRoundTrips() {
        return all(round -> round.echo().roundTrips());
    }

    private Percentiles all(Function<Round, Percentiles> ofRound) {
        Percentiles all = new Percentiles();
        rounds.forEach(round -> all.addAll(ofRound.apply(round)));
        return all;
    }

    /** Processor time of the server for 1,000 judged frames, in seconds. */
    double serverSeconds() {
        return per1000(
                times().count(Outcome.CLASSIFIED),
                round -> round.stack().server().processorTime());
    }

    /** The same of the devices, which are this process. */
    double clientSeconds() {
        return per1000(times().count(Outcome.CLASSIFIED), round -> round.stack().clientTime());
    }

    /** The same of the bare model, for 1,000 runs. */
    double bareSeconds() {
        return per1000(bareRuns().count(), round -> round.bare().processorTime());
    }

    private double per1000(int frames, Function<Round, Duration> ofRound) {
        Duration all = rounds.stream().map(ofRound).reduce(Duration.ZERO, Duration::plus);
        return all.toNanos() / 1e6 / frames;
    }

    /** What Java gave to objects in the server while it was measured, in MB a second. */
    double allocatedPerSecond() {
        double megabytes = 0;
        Duration elapsed = Duration.ZERO;
        for (Round round : rounds) {
            megabytes += round.stack().server().allocated().megabytes();
            elapsed = elapsed.plus(round.stack().server().allocated().elapsed());
        }
        return megabytes * 1e9 / elapsed.toNanos();
    }

    /** The server before the first measured frame. */
    double residentAtStart() {
        return rounds.getFirst().stack().server().start().residentMegabytes();
    }

    /** Halfway. */
    double residentInTheMiddle() {
        int half = rounds.size() / 2;
        ServerFigures server = rounds.get(half).stack().server();
        return (rounds.size() % 2 == 1 ? server.middle() : server.start()).residentMegabytes();
    }

    /** When the last measured frame had been answered. */
    double residentAtEnd() {
        return last().end().residentMegabytes();
    }

    /** What the server said of itself at the end. */
    ServerFigures last() {
        return rounds.getLast().stack().server();
    }
}
