package io.scopegate.trainer.tensorboard;

import io.scopegate.trainer.train.EpochReport;
import io.scopegate.trainer.train.StepReport;
import io.scopegate.trainer.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Writes the progress of a run for TensorBoard. The reference bundle's tags are {@code train_loss} for each update, and
 * {@code train_accu} and {@code val_accu} for each epoch. Besides, {@code learning_rate} and {@code images_per_second}
 * are written for each update; the latter is a mean since the epoch began or was resumed. Owns its file, which is
 * created with the first report and makes TensorBoard discard what an earlier process wrote about the same updates.
 */
public final class EventListener implements TrainingListener, AutoCloseable {

    private final Path folder;
    private final Clock clock;
    private @Nullable EventFile events;

    public EventListener(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public void step(StepReport report) throws IOException {
        EventFile file = file(report.update());
        file.scalar("train_loss", report.update(), report.loss());
        file.scalar("learning_rate", report.update(), report.learningRate());
        file.scalar("images_per_second", report.update(), report.imagesPerSecond());
    }

    @Override
    public void epoch(EpochReport report) throws IOException {
        EventFile file = file(Integer.MAX_VALUE);
        file.scalar("train_accu", report.epoch(), report.trainAccuracy());
        if (report.validationAccuracy().isPresent()) {
            file.scalar("val_accu", report.epoch(), report.validationAccuracy().get());
        }
    }

    private EventFile file(int firstStep) throws IOException {
        EventFile file = events == null ? EventFile.create(folder, firstStep, clock) : events;
        events = file;
        return file;
    }

    @Override
    public void close() throws IOException {
        if (events != null) {
            events.close();
        }
    }
}
