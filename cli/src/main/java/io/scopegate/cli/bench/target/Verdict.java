package io.scopegate.cli.bench.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells whether the full network is as fast in half precision on a data-centre GPU as required.
 *
 * @param state the overall result
 * @param lines each target and what was measured
 */
record Verdict(State state, List<String> lines) {

    /** Number of weights of the network that the targets are for. */
    static final long FULL_NETWORK = 26_043_122;

    private static final double MOST_MODEL = 1.0;
    private static final double MOST_END_TO_END = 2.3;

    /** The possible results and their exit statuses. */
    enum State {
        MET(0),
        MISSED(3),
        NOT_MEASURED(4);

        private final int status;

        State(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * Returns the verdict, by medians. A row with a reason counts as not measured, even if it has both medians:
     * something failed after them.
     *
     * @param halfPrecision row of TensorRT in half precision
     * @param parameters number of weights of the network that was measured
     */
    static Verdict of(Row halfPrecision, long parameters) {
        double model = halfPrecision.modelMedian(1);
        double endToEnd = halfPrecision.endToEndMedian(Plan.SMALL);
        List<String> lines = new ArrayList<>(List.of(
                String.format(
                        Locale.ROOT,
                        "model computation, TensorRT fp16, batch 1: at most %s ms, %s",
                        MOST_MODEL,
                        said(model)),
                String.format(
                        Locale.ROOT,
                        "end to end, JPEG of %s, one stream: at most %s ms, %s",
                        Plan.SMALL,
                        MOST_END_TO_END,
                        said(endToEnd)),
                String.format(
                        Locale.ROOT,
                        "both for SEResNet50, %d weights: %s",
                        FULL_NETWORK,
                        parameters == FULL_NETWORK ? "measured" : "this model has " + parameters)));
        State state = state(model, endToEnd, parameters);
        // Without a figure, its own line says so, and the row says why.
        if (halfPrecision.reason().isEmpty() || state == State.NOT_MEASURED) {
            return new Verdict(state, lines);
        }
        lines.add("TensorRT fp16 was not measured to the end: " + halfPrecision.reason());
        return new Verdict(State.NOT_MEASURED, lines);
    }

    private static State state(double model, double endToEnd, long parameters) {
        if (Double.isNaN(model) || Double.isNaN(endToEnd)) {
            return State.NOT_MEASURED;
        }
        return model <= MOST_MODEL && endToEnd <= MOST_END_TO_END && parameters == FULL_NETWORK
                ? State.MET
                : State.MISSED;
    }

    private static String said(double median) {
        return Double.isNaN(median) ? "not measured" : "measured " + median;
    }
}
