package io.scopegate.trainer.report;

import io.scopegate.trainer.metrics.Score;
import io.scopegate.trainer.report.Plot.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A histogram of the probability of in body, with separate bars for the frames of each label. */
record ScoreHistogram(List<Score> scores, double threshold) {

    private static final int BINS = 20;
    private static final double GAP = 0.004;

    String html() {
        int[] inBody = new int[BINS];
        int[] outOfBody = new int[BINS];
        for (Score score : scores) {
            int bin = (int) Math.min(BINS - 1, score.inBody() * BINS);
            switch (score.shown()) {
                case IN_BODY -> inBody[bin]++;
                case OUT_OF_BODY -> outOfBody[bin]++;
            }
        }
        return Html.figure(plot(inBody, outOfBody), table(inBody, outOfBody));
    }

    private Plot plot(int[] inBody, int[] outOfBody) {
        int most = Math.max(
                5,
                IntStream.concat(Arrays.stream(inBody), Arrays.stream(outOfBody))
                        .max()
                        .orElse(0));
        Plot plot = new Plot(
                "Probabilities by label",
                "Green: frames in body. Orange: frames out of body; those right of the dashed line, the model's"
                        + " threshold %s, are shown as in body.".formatted(Html.brief(threshold)),
                new Axes(Axes.NARROW, 0, 1, false, most, "Probability of in body", "Frames"));
        for (int k = 0; k < BINS; k++) {
            double left = (double) k / BINS;
            double middle = (k + 0.5) / BINS;
            if (inBody[k] > 0) {
                plot.bar("in", new Point(left + GAP, 0), new Point(middle, inBody[k]), inBody[k] + " in body");
            }
            if (outOfBody[k] > 0) {
                double right = (k + 1.0) / BINS - GAP;
                plot.bar("out", new Point(middle, 0), new Point(right, outOfBody[k]), outOfBody[k] + " out of body");
            }
        }
        return plot.limit(threshold);
    }

    private static String table(int[] inBody, int[] outOfBody) {
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k < BINS; k++) {
            if (inBody[k] + outOfBody[k] > 0) {
                rows.add(List.of(
                        "%s to %s".formatted(Html.brief((double) k / BINS), Html.brief((k + 1.0) / BINS)),
                        String.valueOf(inBody[k]),
                        String.valueOf(outOfBody[k])));
            }
        }
        return Html.table(
                "Bins without frames are left out",
                List.of("Probability of in body", "In-body frames", "Out-of-body frames"),
                rows);
    }
}
