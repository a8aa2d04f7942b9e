package io.scopegate.server.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The threads that carry frames through the pipeline: some workers, and some for the network. Platform threads, since
 * they compute rather than wait. Each worker owns its decoder.
 */
public final class PipelineThreads implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PipelineThreads.class);

    private final FramePipeline pipeline;
    private final PipelineSettings settings;
    private final List<Thread> threads = new ArrayList<>();

    /** Work on one stream's next frame. */
    private interface Step {
        void run() throws InterruptedException;
    }

    public PipelineThreads(FramePipeline pipeline, PipelineSettings settings) {
        this.pipeline = pipeline;
        this.settings = settings;
    }

    /** Starts all threads; once. */
    public void start() {
        try (DecodeTools tools = new DecodeTools(settings.limits())) {
            LOG.infof("%d workers, JPEG by %s", settings.workers(), tools.jpegDecoder());
        }
        for (int i = 0; i < settings.workers(); i++) {
            threads.add(Thread.ofPlatform().daemon().name("frame-worker-" + i).start(this::prepareFrames));
        }
        for (int i = 0; i < settings.sessions(); i++) {
            threads.add(Thread.ofPlatform().daemon().name("inference-" + i).start(this::judgeFrames));
        }
    }

    private void prepareFrames() {
        try (DecodeTools tools = new DecodeTools(settings.limits())) {
            repeat(() -> pipeline.prepare(pipeline.turns().decode().take(), tools));
        }
    }

    private void judgeFrames() {
        BatchTools tools = new BatchTools(settings.batchWait());
        repeat(() -> pipeline.judge(pipeline.turns().infer().take(), tools));
    }

    private static void repeat(Step step) {
        while (true) {
            try {
                step.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                LOG.error("a frame was not worked on", e);
            }
        }
    }

    /** Stops all threads after the frame that they are at, and waits for them. */
    @Override
    public void close() throws InterruptedException {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
