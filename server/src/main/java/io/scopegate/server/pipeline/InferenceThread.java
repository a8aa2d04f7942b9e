package io.scopegate.server.pipeline;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.pipeline.StageQueues.InferenceTurn;
import io.scopegate.server.pipeline.StageQueues.InferenceTurn.Judge;
import io.scopegate.server.pipeline.StageQueues.InferenceTurn.Prepare;
import java.time.Duration;

/**
 * The work of one inference thread: runs the network over tensors, prepares small frames when idle, and makes a run
 * without a frame when none has been judged for a while, to see whether the network still answers. Used by that thread
 * alone.
 */
final class InferenceThread implements AutoCloseable {

    private final FramePipeline pipeline;
    private final BatchTools batches;
    private final DecodeTools tools;
    private final ServerClock clock;
    private long lastSignNanos;

    InferenceThread(FramePipeline pipeline, PipelineSettings settings, PictureArrayPool decoded, ServerClock clock) {
        this.pipeline = pipeline;
        this.batches = new BatchTools(settings.batchWait());
        this.tools = new DecodeTools(settings.limits(), decoded);
        this.clock = clock;
        this.lastSignNanos = clock.nanoTime();
    }

    /**
     * Waits for the next turn and uses it. Only judged frames show that the network answers: if none has been judged
     * for some time, makes a run without a frame, however many frames wait.
     */
    void next() throws InterruptedException {
        InferenceTurn turn = pipeline.queues().pollForInference(untilCanary());
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
            // Also after a run that could not be made, for example for lack of memory: it is tried again after the
            // interval, not at once.
            lastSignNanos = clock.nanoTime();
        }
    }

    private Duration untilCanary() {
        return pipeline.watchdog().untilCanary().minusNanos(clock.nanoTime() - lastSignNanos);
    }

    @Override
    public void close() {
        tools.close();
    }
}
