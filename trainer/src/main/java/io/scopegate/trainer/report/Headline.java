package io.scopegate.trainer.report;

import io.scopegate.trainer.evaluate.Metrics;
import io.scopegate.trainer.metrics.Confusion;
import io.scopegate.trainer.metrics.Exposure;
import io.scopegate.trainer.metrics.Figure;
import io.scopegate.trainer.metrics.Proportion;
import java.util.Locale;

/** The most important figures, with their intervals. */
record Headline(Metrics metrics) {

    String html() {
        Confusion verdicts = metrics.byVerdict();
        return "<div class=\"tiles\">"
                + share("main", "Sensitivity: out of body caught", verdicts.sensitivity(), "no out-of-body frame")
                + share("second", "Specificity: in body shown", verdicts.specificity(), "no in-body frame")
                + balanced()
                + area()
                + share("", "Accuracy by more probable label", metrics.byClass().right(), "no frame")
                + exposure()
                + "</div>\n";
    }

    private static String share(String style, String name, Proportion share, String reason) {
        if (share.whole() == 0) {
            return tile(style, name, "–", "", reason);
        }
        return tile(
                style,
                name,
                percent(share.value().orElseThrow()),
                share.interval()
                        .map(interval -> percent(interval.low()) + " to " + percent(interval.high()))
                        .orElse(""),
                "95 %% interval; %d of %d frames".formatted(share.part(), share.whole()));
    }

    private String balanced() {
        return metrics.byVerdict()
                .balancedAccuracy()
                .map(value -> tile("", "Balanced accuracy", percent(value), "", "mean of sensitivity and specificity"))
                .orElse(tile("", "Balanced accuracy", "–", "", "needs frames of both labels"));
    }

    private String area() {
        return switch (metrics.ranking().auroc()) {
            case Figure.Known(double area) ->
                tile("", "AUROC", Html.number(area), "", "whatever the threshold; 0.5 is chance, 1 perfect");
            case Figure.Absent(String reason) -> tile("", "AUROC", "–", "", reason);
        };
    }

    private String exposure() {
        String name = "Out of body shown, an hour";
        return switch (metrics.exposure()) {
            case Exposure.Known known ->
                tile(
                        "",
                        name,
                        String.format(Locale.ROOT, "%.1f s", known.secondsPerHour()),
                        "",
                        String.format(
                                Locale.ROOT, "%.1f s of %.1f s recorded", known.exposedSeconds(), known.seconds()));
            case Exposure.Absent(String reason) -> tile("", name, "–", "", reason);
        };
    }

    private static String tile(String style, String name, String number, String interval, String explanation) {
        return """
                <section class="tile %s"><h3>%s</h3><strong>%s</strong>%s<p>%s</p></section>
                """.formatted(
                        style,
                        Html.escape(name),
                        number,
                        interval.isEmpty() ? "" : "<span class=\"interval\">" + interval + "</span>",
                        Html.escape(explanation));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
