package io.scopegate.server.pipeline;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.infer.OngoingFault;
import io.scopegate.server.model.ModelSlot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The threads of one pipeline: workers, inference threads, and one thread that watches the runs. Platform threads,
 * since they compute rather than wait. Each worker and inference thread owns its decoder.
 */
final class PipelineThreads {

    private static final Logger LOG = Logger.getLogger(PipelineThreads.class);

    private final FramePipeline pipeline;
    private final String model;
    private final PipelineSettings settings;
    private final PictureArrayPool decoded;
    private final ServerClock clock;
    private final List<Thread> threads = new ArrayList<>();

    /** One round of a thread's loop. */
    private interface Step {
        void run() throws InterruptedException;
    }

    /**
     * Starts no thread yet.
     *
     * @param model the model's name, for the names of the threads; {@link ModelSlot#UNNAMED} for a model that nobody
     *     has named
     * @param decoded memory for the pictures of all pipelines
     */
    PipelineThreads(
            FramePipeline pipeline,
            String model,
            PipelineSettings settings,
            PictureArrayPool decoded,
            ServerClock clock) {
        this.pipeline = pipeline;
        this.model = model;
        this.settings = settings;
        this.decoded = decoded;
        this.clock = clock;
    }

    /** Starts all threads. Called once. */
    void start() {
        try (DecodeTools tools = new DecodeTools(settings.limits(), decoded)) {
            LOG.infof("%d workers, JPEG by %s", settings.workers(), tools.jpegDecoder());
        }
        for (int i = 0; i < settings.workers(); i++) {
            start("frame-worker-" + i, this::prepareFrames);
        }
        for (int i = 0; i < settings.sessions(); i++) {
            start("inference-" + i, this::judgeFrames);
        }
        start("inference-watch", this::watch);
    }

    private void start(String role, Runnable work) {
        // An unnamed model is the only one, so nothing needs to tell its threads apart.
        String name = model.equals(ModelSlot.UNNAMED) ? role : role + " of " + model;
        threads.add(Thread.ofPlatform().daemon().name(name).start(work));
    }

    private void prepareFrames() {
        try (DecodeTools tools = new DecodeTools(settings.limits(), decoded)) {
            repeat(() -> {
                FrameStream next = pipeline.queues().takeForWorker();
                try {
                    pipeline.prepare(next, tools);
                } finally {
                    pipeline.queues().workerDone();
                }
            });
        }
    }

    private void judgeFrames() {
        try (InferenceThread thread = new InferenceThread(pipeline, settings, decoded, clock)) {
            repeat(thread::next);
        }
    }

    /**
     * Watches the runs, and answers frames in place of the inference threads while all of these hang. Waits before each
     * look: if every look failed, this thread would otherwise neither leave a processor to others nor stop.
     */
    private void watch() {
        repeat(() -> {
            if (allHang()) {
                answerUnjudged();
            } else {
                Thread.sleep(NetworkWatchdog.TICK);
            }
            pipeline.watchdog().look();
        });
    }

    private void answerUnjudged() throws InterruptedException {
        FrameStream next = pipeline.queues().infer().poll(NetworkWatchdog.TICK);
        if (next == null) {
            return;
        }
        if (allHang()) {
            pipeline.giveUp(next);
        } else {
            // A run has returned while this thread waited, so the frame can still be judged.
            pipeline.queues().infer().putBack(next);
        }
    }

    private boolean allHang() {
        return pipeline.watchdog().hung() >= settings.sessions();
    }

    private static void repeat(Step step) {
        OngoingFault notWorkedOn = OngoingFault.of(PipelineThreads.class, "failed to process a frame");
        while (true) {
            try {
                step.run();
                notWorkedOn.over();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                notWorkedOn.say(e);
            }
        }
    }

    /** Tells all threads to stop after their current work. */
    void stop() {
        threads.forEach(Thread::interrupt);
    }

    /**
     * Waits for all threads to end, and logs those that do not.
     *
     * @param until the deadline, by the server's monotonic clock
     */
    void awaitEnd(long until) throws InterruptedException {
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofNanos(until - clock.nanoTime()))) {
                LOG.warnf("thread %s has not stopped", thread.getName());
            }
        }
    }
}
