package io.scopegate.trainer.train;

import java.io.IOException;

/** Receives the progress of a run. Called by the thread that fits. */
public interface TrainingListener {

    /** Called after each epoch and its validation, if it has one. */
    void epoch(EpochReport report) throws IOException;

    /** Called after each update. */
    default void step(StepReport report) throws IOException {}

    /**
     * Called at the end of a run that was stopped early by its validation accuracy. Called again each time that such a
     * finished run is resumed.
     */
    default void stopped(EarlyStop stop) throws IOException {}

    /** Returns a listener that passes every report to these listeners, in their order. */
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
