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
    private long lastRunNanos;

    InferenceThread(FramePipeline pipeline, PipelineSettings settings, ServerClock clock) {
        this.pipeline = pipeline;
        this.batches = new BatchTools(settings.batchWait());
        this.tools = new DecodeTools(settings.limits());
        this.clock = clock;
        this.lastRunNanos = clock.nanoTime();
    }

    /** Waits for the next turn and uses it. Frames that it prepares are no sign that the network answers. */
    void next() throws InterruptedException {
        InferenceTurn turn = pipeline.turns().pollForInference(untilCanary());
        if (turn instanceof Prepare(FrameStream stream)) {
            pipeline.prepareIfRoom(stream, tools);
        }
        if (turn instanceof Judge(FrameStream stream)) {
            pipeline.judge(stream, batches);
            lastRunNanos = clock.nanoTime();
        } else if (!untilCanary().isPositive()) {
            canary();
        }
    }

    private void canary() {
        try {
            pipeline.canary(batches);
        } finally {
            // Where it cannot be made, as for want of memory, it is tried again in its time and not at once.
            lastRunNanos = clock.nanoTime();
        }
    }

    private Duration untilCanary() {
        return pipeline.pulse().untilCanary().minusNanos(clock.nanoTime() - lastRunNanos);
    }

    @Override
    public void close() {
        tools.close();
    }
}
