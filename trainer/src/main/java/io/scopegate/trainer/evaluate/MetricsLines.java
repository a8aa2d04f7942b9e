package io.scopegate.trainer.evaluate;

import io.scopegate.trainer.metrics.Exposure;
import io.scopegate.trainer.metrics.Figure;
import io.scopegate.trainer.metrics.Proportion;
import java.util.Locale;

/** Formats metrics as a few lines for people. */
final class MetricsLines {

    private MetricsLines() {}

    static String of(Metrics metrics) {
        StringBuilder text = new StringBuilder();
        append(
                text,
                "sensitivity (out of body caught)",
                share(metrics.byVerdict().sensitivity()));
        append(text, "specificity (in body shown)", share(metrics.byVerdict().specificity()));
        append(text, "AUROC", figure(metrics.ranking().auroc()));
        append(text, "average precision", figure(metrics.ranking().averagePrecision()));
        append(text, "calibration error (15 bins)", figure(metrics.calibration().expectedError()));
        append(text, "best temperature", figure(metrics.temperature()));
        append(text, "out of body shown, seconds an hour", exposure(metrics.exposure()));
        if (metrics.unjudged() > 0) {
            append(text, "NOT JUDGED, in none of the figures", String.valueOf(metrics.unjudged()));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-36s %s%n", name, value));
    }

    private static String share(Proportion share) {
        return share.interval()
                .map(interval -> String.format(
                        Locale.ROOT,
                        "%.4f, 95 %% %.4f to %.4f (%d of %d)",
                        share.value().orElseThrow(),
                        interval.low(),
                        interval.high(),
                        share.part(),
                        share.whole()))
                .orElse("none: no such frame");
    }

    private static String figure(Figure figure) {
        return switch (figure) {
            case Figure.Known(double value) -> number(value);
            case Figure.Absent(String reason) -> "none: " + reason;
        };
    }

    private static String exposure(Exposure exposure) {
        return switch (exposure) {
            case Exposure.Known known -> number(known.secondsPerHour());
            case Exposure.Absent(String reason) -> "none: " + reason;
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
