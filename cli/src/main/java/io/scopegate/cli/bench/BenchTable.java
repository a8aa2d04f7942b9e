package io.scopegate.cli.bench;

import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.report.FigureText;
import io.scopegate.cli.report.Percentiles;
import java.util.Locale;

/**
 * Formats the figures for humans.
 *
 * @param report report to show
 */
record BenchTable(BenchReport report) {

    private static final double[] PERCENTS = {50, 90, 99, 99.9, 100};

    String text() {
        StringBuilder text = new StringBuilder(heading());
        report.stages().forEach((name, times) -> text.append(row(name, times)));
        return text.append(rates()).append(server()).toString();
    }

    private String heading() {
        LoadPlan load = report.plan().load();
        return String.format(
                Locale.ROOT,
                "%s on %s, %d stream(s) at %s, %s %s, %d s in %d round(s), %d inference thread(s)%n%n"
                        + "%-15s %12s %12s %12s %12s %12s%n",
                report.model().manifest().reference(),
                report.plan().target().label(),
                load.streams(),
                load.saturates() ? "full speed" : load.framesPerSecond() + " frames/s",
                report.plan().pictures().format(),
                report.plan().pictures().size(),
                load.duration().toSeconds(),
                report.plan().rounds(),
                report.plan().options().threads(),
                "milliseconds",
                "p50",
                "p90",
                "p99",
                "p99.9",
                "max");
    }

    private static String row(String name, Percentiles times) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-15s", name));
        for (double percent : PERCENTS) {
            row.append(String.format(Locale.ROOT, " %12s", FigureText.of(times.milliseconds(percent), 3)));
        }
        return row + System.lineSeparator();
    }

    private String rates() {
        Rounds rounds = report.rounds();
        return String.format(
                Locale.ROOT,
                "%nframes/s     %s%n  bare model %s, %s%n  echo       %s, %s%nanswers      %s%n",
                FigureText.of(rounds.framesPerSecond(), 2),
                FigureText.of(rounds.bareFramesPerSecond(), 2),
                ratio(rounds.ratioToBareModel()),
                FigureText.of(rounds.echoFramesPerSecond(), 2),
                ratio(rounds.ratioToEcho()),
                rounds.times().outcomes());
    }

    private static String ratio(Rounds.Ratio ratio) {
        return String.format(
                Locale.ROOT,
                "ratio %s (rounds: %s to %s)",
                FigureText.of(ratio.median(), 3),
                FigureText.of(ratio.least(), 3),
                FigureText.of(ratio.most(), 3));
    }

    private String server() {
        Rounds rounds = report.rounds();
        return String.format(
                Locale.ROOT,
                "server       %s MB resident at the start, %s halfway, %s at the end; allocates %s MB/s%n     "
                        + "        %s s of CPU time per 1,000 frames; bare model %s, clients %s%n"
                        + "             %d model load(s), JPEG decoder %s%nmachine      %s%n",
                FigureText.of(rounds.residentAtStart(), 1),
                FigureText.of(rounds.residentInTheMiddle(), 1),
                FigureText.of(rounds.residentAtEnd(), 1),
                FigureText.of(rounds.allocatedPerSecond(), 1),
                FigureText.of(rounds.serverSeconds(), 3),
                FigureText.of(rounds.bareSeconds(), 3),
                FigureText.of(rounds.clientSeconds(), 3),
                rounds.last().loads(),
                rounds.last().jpegDecoder(),
                Machine.description());
    }
}
