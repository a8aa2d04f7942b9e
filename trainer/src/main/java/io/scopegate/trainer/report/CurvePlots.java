package io.scopegate.trainer.report;

import io.scopegate.trainer.evaluate.Metrics;
import io.scopegate.trainer.metrics.Calibration;
import io.scopegate.trainer.metrics.Calibration.Bin;
import io.scopegate.trainer.metrics.Confusion;
import io.scopegate.trainer.metrics.Figure;
import io.scopegate.trainer.metrics.Ranking;
import io.scopegate.trainer.metrics.Ranking.Cut;
import io.scopegate.trainer.report.Plot.Point;
import java.util.ArrayList;
import java.util.List;

/** The ROC curve, the precision-recall curve and the reliability curve. */
record CurvePlots(Metrics metrics) {

    private static final int MOST_POINTS = 600;
    private static final int MOST_ROWS = 20;
    private static final double RADIUS = 6;

    String html() {
        StringBuilder html = new StringBuilder();
        if (metrics.ranking().auroc() instanceof Figure.Known(double area)) {
            html.append(Html.figure(roc(area), cuts()));
            html.append(Html.figure(precision(), cuts()));
        }
        return html.append(Html.figure(reliability(), bins()))
                .append(calibration())
                .toString();
    }

    private Plot roc(double area) {
        List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
        metrics.ranking().thinned(MOST_POINTS).forEach(cut -> points.add(new Point(missed(cut), caught(cut))));
        Point own = new Point(
                1 - metrics.byVerdict().specificity().value().orElse(1.0),
                metrics.byVerdict().sensitivity().value().orElse(0.0));
        return new Plot(
                        "ROC curve",
                        "Share of out-of-body frames caught against share of in-body frames called out of body, at"
                                + " every threshold. Area under the curve: %s. The dot is the model's own threshold."
                                        .formatted(Html.number(area)),
                        Axes.unit("1 − specificity: in-body frames called out of body", "Sensitivity"))
                .line("chance", List.of(new Point(0, 0), new Point(1, 1)))
                .line("curve", points)
                .dot("own", own, RADIUS, "own threshold " + Html.brief(metrics.threshold()));
    }

    private Plot precision() {
        List<Point> points = new ArrayList<>();
        metrics.ranking().thinned(MOST_POINTS).forEach(cut -> points.add(new Point(caught(cut), cut.precision())));
        points.addFirst(new Point(0, points.getFirst().y()));
        Ranking ranking = metrics.ranking();
        double share = (double) ranking.positives() / (ranking.positives() + ranking.negatives());
        Plot plot = new Plot(
                        "Precision and recall",
                        "Share of the frames called out of body that are out of body, against the share of out-of-body"
                                + " frames that are called so. Average precision: %s. The dashed line is chance."
                                        .formatted(Html.number(
                                                ranking.averagePrecision().value())),
                        Axes.unit("Recall (sensitivity)", "Precision"))
                .line("chance", List.of(new Point(0, share), new Point(1, share)))
                .line("curve", points);
        Confusion own = metrics.byVerdict();
        int called = own.outOfBodyRight() + own.inBodyWrong();
        if (called > 0) {
            Point point = new Point(own.sensitivity().value().orElse(0.0), (double) own.outOfBodyRight() / called);
            plot.dot("own", point, RADIUS, "own threshold " + Html.brief(metrics.threshold()));
        }
        return plot;
    }

    private Plot reliability() {
        Plot plot = new Plot(
                "Reliability",
                "Share of out-of-body frames among the frames with a given probability of out of body. On the dashed"
                        + " line, probabilities are accurate. Larger dots are more frames.",
                Axes.unit("Mean probability of out of body", "Share that is out of body"));
        plot.line("chance", List.of(new Point(0, 0), new Point(1, 1)));
        List<Bin> filled = filledBins();
        plot.line(
                "curve",
                filled.stream()
                        .map(bin -> new Point(bin.meanProbability(), bin.observed()))
                        .toList());
        for (Bin bin : filled) {
            double radius = 3 + 9 * Math.sqrt((double) bin.frames() / metrics.frames());
            plot.dot("dot", new Point(bin.meanProbability(), bin.observed()), radius, bin.frames() + " frames");
        }
        return plot;
    }

    private String calibration() {
        Calibration calibration = metrics.calibration();
        return """
                <figure class="card"><figcaption><h3>Calibration</h3><p>How accurate the probabilities are.
                Dividing the logits by the best temperature would make them most accurate; over 1, the network is
                overconfident.</p>
                </figcaption>%s</figure>
                """.formatted(Html.table(
                "Of the probability of out of body",
                List.of("Figure", "Value"),
                List.of(
                        List.of("Expected calibration error, 15 bins", inWords(calibration.expectedError())),
                        List.of("Brier score", inWords(calibration.brier())),
                        List.of("Log loss, natural", inWords(calibration.logLoss())),
                        List.of("Best temperature", inWords(metrics.temperature())))));
    }

    private static String inWords(Figure figure) {
        return switch (figure) {
            case Figure.Known(double number) -> Html.number(number);
            case Figure.Absent(String reason) -> "none: " + reason;
        };
    }

    private List<Bin> filledBins() {
        return metrics.calibration().bins().stream()
                .filter(bin -> bin.frames() > 0)
                .toList();
    }

    private String cuts() {
        List<List<String>> rows = metrics.ranking().thinned(MOST_ROWS).stream()
                .map(cut -> List.of(
                        Html.number(1 / (1 + Math.exp(-cut.logOdds()))),
                        Html.number(caught(cut)),
                        Html.number(1 - missed(cut)),
                        Html.number(cut.precision())))
                .toList();
        return Html.table(
                "Called out of body from this probability on; at most %d of all cuts".formatted(MOST_ROWS),
                List.of("Out of body from", "Sensitivity", "Specificity", "Precision"),
                rows);
    }

    private String bins() {
        List<List<String>> rows = filledBins().stream()
                .map(bin -> List.of(
                        Html.number(bin.low()) + " to " + Html.number(bin.high()),
                        String.valueOf(bin.frames()),
                        Html.number(bin.meanProbability()),
                        Html.number(bin.observed())))
                .toList();
        return Html.table(
                "Bins without frames are left out",
                List.of("Probability of out of body", "Frames", "Mean", "Share out of body"),
                rows);
    }

    private double caught(Cut cut) {
        return (double) cut.truePositives() / metrics.ranking().positives();
    }

    private double missed(Cut cut) {
        return (double) cut.falsePositives() / metrics.ranking().negatives();
    }
}
