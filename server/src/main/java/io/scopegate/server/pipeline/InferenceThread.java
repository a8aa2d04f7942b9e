package io.scopegate.server.pipeline;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.pipeline.StageTurns.InferenceTurn;
import io.scopegate.server.pipeline.StageTurns.InferenceTurn.Judge;
import io.scopegate.server.pipeline.StageTurns.InferenceTurn.Prepare;
import java.time.Duration;

/** What one thread does that runs the network: over tensors, or without one to see whether it answers. One thread. */
final class InferenceThread implements AutoCloseable {

    private final FramePipeline pipeline;
    private final BatchTools batches;
    private final DecodeTools tools;
    private final ServerClock clock;
    private long lastSignNanos;

    InferenceThread(FramePipeline pipeline, PipelineSettings settings, DecodedPictures decoded, ServerClock clock) {
        this.pipeline = pipeline;
        this.batches = new BatchTools(settings.batchWait());
        this.tools = new DecodeTools(settings.limits(), decoded);
        this.clock = clock;
        this.lastSignNanos = clock.nanoTime();
    }

    /**
     * Waits for the next turn and uses it. Only frames that are judged are a sign that the network answers, and where none
     * has been for some time, a run is made without a frame, however many wait.
     */
    void next() throws InterruptedException {
        InferenceTurn turn = pipeline.turns().pollForInference(untilCanary());
        if (turn instanceof Prepare(FrameStream stream)) {
            pipeline.prepareIfRoom(stream, tools);
        }
        if (turn instanceof Judge(FrameStream stream) && pipeline.judge(stream, batches)) {
            lastSignNanos = clock.nanoTime();
        } else if (!untilCanary().isPositive()) {
            canary();
        }
    }

    private void canary() {
        try {
            pipeline.canary(batches);
        } finally {
            // Where it cannot be made, as for want of memory, it is tried again in its time and not at once.
            lastSignNanos = clock.nanoTime();
        }
    }

    private Duration untilCanary() {
        return pipeline.pulse().untilCanary().minusNanos(clock.nanoTime() - lastSignNanos);
    }

    @Override
    public void close() {
        tools.close();
    }
}
