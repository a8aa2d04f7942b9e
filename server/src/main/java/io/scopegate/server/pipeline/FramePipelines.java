package io.scopegate.server.pipeline;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One pipeline for each served model, each with its own threads: however slow a model is, and even if its runs do not
 * return, no frame of another model waits for it. The limits on the memory of pictures are shared by all. Any thread.
 */
public final class FramePipelines implements AutoCloseable {

    /** How long to wait for threads that have been told to stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<ModelSlot, FramePipeline> pipelines = new HashMap<>();
    private final WaitingPictureLimit pictures;
    private final List<PipelineThreads> threads = new ArrayList<>();
    private final ServerClock clock;
    private final Duration patience;

    public FramePipelines(Models models, PipelineSettings settings, ServerClock clock) {
        this(models, settings, clock, PATIENCE);
    }

    /** @param patience how long to wait for threads that have been told to stop, for all of them together */
    FramePipelines(Models models, PipelineSettings settings, ServerClock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
        pictures = new WaitingPictureLimit(settings.waitingPictures());
        PictureArrayPool decoded = new PictureArrayPool(settings.decodedPictures());
        for (NamedModel model : models.all()) {
            FramePipeline pipeline = new FramePipeline(model.slot(), clock, model.watchdog(), pictures);
            pipelines.put(model.slot(), pipeline);
            threads.add(new PipelineThreads(pipeline, model.name(), settings, decoded, clock));
        }
    }

    /** Returns the pipeline of this model. */
    public FramePipeline of(NamedModel model) {
        FramePipeline pipeline = pipelines.get(model.slot());
        if (pipeline == null) {
            throw new IllegalArgumentException("model: one that is served, not " + model.name());
        }
        return pipeline;
    }

    /** Returns the limit on the memory of pictures that wait to be decoded. */
    public WaitingPictureLimit pictures() {
        return pictures;
    }

    /** Returns how many streams have a frame that waits to be prepared. */
    public int waitingForWorker() {
        return pipelines.values().stream()
                .mapToInt(FramePipeline::waitingForWorker)
                .sum();
    }

    /** Returns how many streams have a frame that waits for a network. */
    public int waitingForNetwork() {
        return pipelines.values().stream()
                .mapToInt(FramePipeline::waitingForNetwork)
                .sum();
    }

    /** Starts all threads. Called once. */
    public void start() {
        threads.forEach(PipelineThreads::start);
    }

    /**
     * Stops all threads after their current work, and waits for them. However many hang, the wait takes no longer than
     * for one. A second call waits for those that have not ended yet.
     */
    @Override
    public void close() throws InterruptedException {
        threads.forEach(PipelineThreads::stop);
        long until = clock.nanoTime() + patience.toNanos();
        for (PipelineThreads stopping : threads) {
            stopping.awaitEnd(until);
        }
    }
}
