package io.scopegate.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.trainer.file.JsonFile;
import io.scopegate.trainer.train.EarlyStop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The history of a run, epoch by epoch, read from its {@code history.json}.
 *
 * @param epochs in order
 * @param stop why the run ended before its last epoch, if it did
 */
public record TrainingHistory(List<Epoch> epochs, Optional<EarlyStop> stop) {

    /** File name in a run's folder. */
    public static final String FILE = "history.json";

    public TrainingHistory {
        epochs = List.copyOf(epochs);
    }

    /**
     * One epoch.
     *
     * @param epoch number of the epoch, from 1
     * @param loss mean loss per frame
     * @param trainAccuracy accuracy on the augmented training frames, measured while fitting
     * @param validationAccuracy absent without validation frames
     */
    public record Epoch(int epoch, double loss, double trainAccuracy, Optional<Double> validationAccuracy) {}

    /**
     * Reads the file, a JSON array of objects.
     *
     * @throws IOException if it cannot be read or an epoch lacks a number
     */
    public static TrainingHistory read(Path file) throws IOException {
        JsonNode root = JsonFile.read(file);
        if (!root.isArray()) {
            throw new IOException(file + ": not a JSON list of epochs");
        }
        List<Epoch> epochs = new ArrayList<>();
        for (JsonNode node : root) {
            JsonNode validation = node.path("validationAccuracy");
            epochs.add(new Epoch(
                    (int) number(file, node, "epoch"),
                    number(file, node, "loss"),
                    number(file, node, "trainAccuracy"),
                    validation.isNumber() ? Optional.of(validation.doubleValue()) : Optional.empty()));
        }
        return new TrainingHistory(epochs, stop(file, root));
    }

    private static Optional<EarlyStop> stop(Path file, JsonNode root) throws IOException {
        JsonNode last = root.path(root.size() - 1);
        JsonNode stop = last.path("stoppedEarly");
        if (!stop.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new EarlyStop(
                (int) number(file, last, "epoch"),
                (int) number(file, stop, "epochs"),
                (int) number(file, stop, "bestEpoch"),
                (int) number(file, stop, "patience")));
    }

    private static double number(Path file, JsonNode node, String name) throws IOException {
        JsonNode value = node.path(name);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new IOException(file + ": " + name + ": a number, not " + value);
        }
        return value.doubleValue();
    }
}
