package io.scopegate.cli.bench;

import io.scopegate.cli.load.LoadPlan;
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
                "%s on %s, %d stream(s) at %s, %s %s, %d s in %d round(s), %d inference thread(s)%n%n%-15s %9s %9s %9s %9s %9s%n",
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
            row.append(String.format(Locale.ROOT, " %9.3f", times.milliseconds(percent)));
        }
        return row + System.lineSeparator();
    }

    private String rates() {
        Rounds rounds = report.rounds();
        return String.format(
                Locale.ROOT,
                "%nframes/s     %.2f%n  bare model %.2f, %s%n  echo       %.2f, %s%nanswers      %s%n",
                rounds.framesPerSecond(),
                rounds.bareFramesPerSecond(),
                ratio(rounds.ratioToBareModel()),
                rounds.echoFramesPerSecond(),
                ratio(rounds.ratioToEcho()),
                rounds.times().outcomes());
    }

    private static String ratio(Rounds.Ratio ratio) {
        return String.format(
                Locale.ROOT, "ratio %.3f (rounds: %.3f to %.3f)", ratio.median(), ratio.least(), ratio.most());
    }

    private String server() {
        Rounds rounds = report.rounds();
        return String.format(
                Locale.ROOT,
                "server       %.1f MB resident at the start, %.1f halfway, %.1f at the end; allocates %.1f MB/s%n     "
                        + "        %.3f s of CPU time per 1,000 frames; bare model %.3f, clients %.3f%n"
                        + "             %d model load(s), JPEG decoder %s%nmachine      %s%n",
                rounds.residentAtStart(),
                rounds.residentInTheMiddle(),
                rounds.residentAtEnd(),
                rounds.allocatedPerSecond(),
                rounds.serverSeconds(),
                rounds.bareSeconds(),
                rounds.clientSeconds(),
                rounds.last().loads(),
                rounds.last().jpegDecoder(),
                Machine.description());
    }
}
