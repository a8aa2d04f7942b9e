package io.scopegate.trainer.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.file.JsonFile;
import io.scopegate.trainer.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the results of a run's epochs to a file, as a JSON list that is replaced as a whole after each epoch. */
public final class HistoryFile implements TrainingListener {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final ArrayNode epochs;

    private HistoryFile(Path file, ArrayNode epochs) {
        this.file = file;
        this.epochs = epochs;
    }

    /** Returns a history without epochs. An existing file is replaced after the first epoch. */
    public static HistoryFile begin(Path file) {
        return new HistoryFile(file, JSON.createArrayNode());
    }

    /**
     * Returns a history with the epochs of the file, to which a resumed run adds its own. It is empty if there is no
     * file.
     *
     * @throws IOException if the file exists and is not a history
     */
    public static HistoryFile resume(Path file) throws IOException {
        if (!Files.exists(file)) {
            return begin(file);
        }
        if (JsonFile.read(file) instanceof ArrayNode epochs) {
            return new HistoryFile(file, epochs);
        }
        throw new IOException(file + ": not a JSON list of epochs");
    }

    @Override
    public void epoch(EpochReport report) throws IOException {
        epochs.removeIf(done -> isFrom(report.epoch(), done));
        ObjectNode epoch = epochs.addObject()
                .put("epoch", report.epoch())
                .put("loss", report.loss())
                .put("trainAccuracy", report.trainAccuracy());
        report.validationAccuracy().ifPresent(accuracy -> epoch.put("validationAccuracy", accuracy));
        epoch.put("learningRate", report.learningRate()).put("imagesPerSecond", report.imagesPerSecond());
        write();
    }

    /** Adds the reason to the last epoch, unless the file was deleted and the history lacks that epoch. */
    @Override
    public void stopped(EarlyStop stop) throws IOException {
        for (JsonNode epoch : epochs) {
            if (epoch instanceof ObjectNode last && last.path("epoch").asInt() == stop.epoch()) {
                last.putObject("stoppedEarly")
                        .put("epochs", stop.epochs())
                        .put("bestEpoch", stop.bestEpoch())
                        .put("patience", stop.patience());
                write();
            }
        }
    }

    private void write() throws IOException {
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(epochs);
        WholeFile.write(file, out -> out.write(json));
    }

    private static boolean isFrom(int epoch, JsonNode done) {
        return done.path("epoch").asInt() >= epoch;
    }
}
