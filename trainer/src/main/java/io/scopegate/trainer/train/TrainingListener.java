package io.scopegate.trainer.train;

import java.io.IOException;

/** Hears of a run's course, in the thread that fits. */
public interface TrainingListener {

    /** After each epoch, its validation included. */
    void epoch(EpochReport report) throws IOException;

    /** After each update. */
    default void step(StepReport report) throws IOException {}

    /** At the end of a run that did not reach its last epoch; once more if it is resumed although it has ended. */
    default void stopped(EarlyStop stop) throws IOException {}

    /** Passes everything on, in their order. */
    static TrainingListener all(Iterable<TrainingListener> listeners) {
        return new TrainingListener() {
            @Override
            public void epoch(EpochReport report) throws IOException {
                for (TrainingListener listener : listeners) {
                    listener.epoch(report);
                }
            }

            @Override
            public void step(StepReport report) throws IOException {
                for (TrainingListener listener : listeners) {
                    listener.step(report);
                }
            }

            @Override
            public void stopped(EarlyStop stop) throws IOException {
                for (TrainingListener listener : listeners) {
                    listener.stopped(stop);
                }
            }
        };
    }
}
