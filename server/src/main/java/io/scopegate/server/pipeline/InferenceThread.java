package io.scopegate.server.pipeline;

import io.scopegate.server.pipeline.StageTurns.InferenceTurn;
import io.scopegate.server.pipeline.StageTurns.InferenceTurn.Judge;
import io.scopegate.server.pipeline.StageTurns.InferenceTurn.Prepare;

/** What one thread does that runs the network: over tensors, or without one to see whether it answers. One thread. */
final class InferenceThread implements AutoCloseable {

    private final FramePipeline pipeline;
    private final BatchTools batches;
    private final DecodeTools tools;
    private final CanarySchedule canaries;

    InferenceThread(FramePipeline pipeline, PipelineSettings settings, DecodedPictures decoded) {
        this.pipeline = pipeline;
        this.batches = new BatchTools(settings.batchWait());
        this.tools = new DecodeTools(settings.limits(), decoded);
        this.canaries = pipeline.canaries();
    }

    /**
     * Waits for the next turn and uses it. Only frames that are judged are a sign that the network answers, and where none
     * has been for some time, a run is made without a frame, however many wait.
     */
    void next() throws InterruptedException {
        InferenceTurn turn = pipeline.turns().pollForInference(canaries.untilDue());
        if (turn instanceof Prepare(FrameStream stream)) {
            pipeline.prepareIfRoom(stream, tools);
        }
        if (turn instanceof Judge(FrameStream stream) && pipeline.judge(stream, batches)) {
            canaries.judged();
        } else if (canaries.begin()) {
            canary();
        }
    }

    private void canary() {
        try {
            pipeline.canary(batches);
        } finally {
            canaries.end();
        }
    }

    @Override
    public void close() {
        tools.close();
    }
}
