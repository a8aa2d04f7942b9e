package io.scopegate.trainer.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.Parameters.Mode;
import io.scopegate.trainer.network.Parameters.Parameter;
import io.scopegate.trainer.network.StateDict;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains two networks by turns, each on its own half of the frames, with the same mean gradients. The mean and Adam are
 * computed in Java from their definitions.
 */
final class HalvesByHand {

    private static final NDIndex WHOLE = new NDIndex("...");

    private final DataType type;
    private final double learningRate;
    private final List<double[]> first = new ArrayList<>();
    private final List<double[]> second = new ArrayList<>();

    HalvesByHand(DataType type, double learningRate) {
        this.type = type;
        this.learningRate = learningRate;
    }

    /**
     * Returns the result of some steps: loss and gradients are the means of both networks, values and statistics those
     * of the network that sees the first half.
     */
    Fitted fit(NDManager engine, StateDict start, int steps) {
        try (Parameters one = new Parameters(engine, start, type);
                Parameters other = new Parameters(engine, start, type)) {
            double loss = 0;
            List<double[]> gradients = List.of();
            for (int step = 1; step <= steps; step++) {
                loss = (backward(engine, one, 0) + backward(engine, other, 1)) / 2;
                gradients = mean(takeGradients(one), takeGradients(other));
                update(one, other, gradients, step);
            }
            return Fitted.of(loss, gradients, one);
        }
    }

    private double backward(NDManager engine, Parameters parameters, int half) {
        try (NDManager scratch = engine.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray input = NoiseFrames.input(scratch, half, 2, type);
            NDArray targets = NoiseFrames.targets(scratch, half, 2, type);
            NDArray loss = CrossEntropy.sum(parameters.logits(input, Mode.TRAINING), targets);
            collector.backward(loss);
            return loss.toType(DataType.FLOAT64, false).getDouble();
        }
    }

    private static List<double[]> takeGradients(Parameters parameters) {
        List<double[]> gradients = Fitted.gradients(parameters);
        for (Parameter parameter : parameters.trainable()) {
            try (NDArray gradient = parameter.leaf().getGradient()) {
                gradient.set(WHOLE, 0);
            }
        }
        return gradients;
    }

    private static List<double[]> mean(List<double[]> one, List<double[]> other) {
        List<double[]> mean = new ArrayList<>();
        for (int p = 0; p < one.size(); p++) {
            double[] tensor = new double[one.get(p).length];
            for (int k = 0; k < tensor.length; k++) {
                tensor[k] = (one.get(p)[k] + other.get(p)[k]) / 2;
            }
            mean.add(tensor);
        }
        return mean;
    }

    private void update(Parameters one, Parameters other, List<double[]> gradients, int step) {
        List<double[]> values = Fitted.values(one);
        for (int p = 0; p < values.size(); p++) {
            if (step == 1) {
                first.add(new double[values.get(p).length]);
                second.add(new double[values.get(p).length]);
            }
            adam(p, values.get(p), gradients.get(p), step);
            set(one.trainable().get(p), values.get(p));
            set(other.trainable().get(p), values.get(p));
        }
    }

    private void adam(int p, double[] values, double[] gradient, int step) {
        double[] m = first.get(p);
        double[] v = second.get(p);
        for (int k = 0; k < values.length; k++) {
            m[k] = 0.9 * m[k] + 0.1 * gradient[k];
            v[k] = 0.999 * v[k] + 0.001 * gradient[k] * gradient[k];
            double mean = m[k] / (1 - Math.pow(0.9, step));
            double deviation = Math.sqrt(v[k] / (1 - Math.pow(0.999, step)));
            values[k] -= learningRate * mean / (deviation + 1e-8);
        }
    }

    private void set(Parameter parameter, double[] values) {
        NDArray held = parameter.values();
        try (NDManager scratch = held.getManager().newSubManager()) {
            held.set(WHOLE, scratch.create(values, held.getShape()).toType(type, false));
        }
    }
}
