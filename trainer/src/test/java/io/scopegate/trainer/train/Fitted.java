package io.scopegate.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.scopegate.trainer.network.Parameters;
import java.util.List;

/**
 * The result of some training steps. Tensors are in definition order.
 *
 * @param loss loss of the last step, before its update
 * @param gradients gradients of the last step
 * @param values values of the trainable tensors after the last update
 * @param statistics running statistics of the batch norms after the last update
 */
record Fitted(double loss, List<double[]> gradients, List<double[]> values, List<double[]> statistics) {

    static Fitted of(double loss, List<double[]> gradients, Parameters parameters) {
        List<double[]> statistics = parameters.all().stream()
                .filter(parameter -> !parameter.tensor().trainable())
                .map(parameter -> doubles(parameter.values()))
                .toList();
        return new Fitted(loss, gradients, values(parameters), statistics);
    }

    static List<double[]> values(Parameters parameters) {
        return parameters.trainable().stream()
                .map(parameter -> doubles(parameter.values()))
                .toList();
    }

    static List<double[]> gradients(Parameters parameters) {
        return parameters.trainable().stream()
                .map(parameter -> {
                    try (NDArray gradient = parameter.leaf().getGradient()) {
                        return doubles(gradient);
                    }
                })
                .toList();
    }

    private static double[] doubles(NDArray array) {
        try (NDArray copy = array.toType(DataType.FLOAT64, true)) {
            return copy.toDoubleArray();
        }
    }

    /**
     * Returns the largest difference between two lists of tensors, or infinity if one is NaN. Differences are relative
     * where the expected magnitude is above 1.
     */
    static double difference(List<double[]> actual, List<double[]> expected) {
        double largest = 0;
        for (int p = 0; p < expected.size(); p++) {
            for (int k = 0; k < expected.get(p).length; k++) {
                double value = expected.get(p)[k];
                double difference = Math.abs(actual.get(p)[k] - value) / Math.max(1, Math.abs(value));
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            }
        }
        return largest;
    }
}
