package io.scopegate.cli.load;

import io.scopegate.cli.input.Metronome;
import io.scopegate.client.FrameAnswer;
import io.scopegate.client.FrameStream;
import io.scopegate.client.FrozenPictureDetection;
import io.scopegate.client.Outcome;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.Smoothing;
import io.scopegate.client.StreamOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One device with a connection and a stream of its own. Sends frames at its rate, or as fast as the server's credits
 * allow.
 */
final class DeviceLoad implements Callable<DeviceResult> {

    private static final Duration END_LIMIT = Duration.ofMinutes(5);

    private final String address;
    private final LoadPlan plan;
    private final SentPictures pictures;
    private final Signals signals;
    private final StageTimes measured = new StageTimes();
    private final Semaphore unanswered;
    private long measuredUntil;
    private volatile long warmUpEndsAfter = Long.MAX_VALUE;

    /**
     * Signals between the devices and their owner.
     *
     * @param warm counted down by each device once its warm-up frames are answered, or never will be
     * @param measure lets all devices send the frames that are measured
     * @param stop ends all devices early
     */
    record Signals(CountDownLatch warm, CountDownLatch measure, AtomicBoolean stop) {}

    /** Creates a device that has not connected yet. */
    DeviceLoad(String address, LoadPlan plan, SentPictures pictures, Signals signals) {
        this.address = address;
        this.plan = plan;
        this.pictures = pictures;
        this.signals = signals;
        this.unanswered = new Semaphore(plan.mostUnanswered());
    }

    @Override
    public DeviceResult call() throws InterruptedException {
        try (ScopegateClient client = ScopegateClient.to(address).build();
                FrameStream stream = client.open(options())) {
            long id = sendFor(stream, plan.warmUp(), 0);
            awaitAnswers();
            warmUpEndsAfter = id;
            signals.warm().countDown();
            signals.measure().await();
            long sentFrom = System.nanoTime();
            sendFor(stream, plan.duration(), id);
            stream.finish();
            stream.awaitEnd(END_LIMIT);
            stream.close();
            double seconds = (measuredUntil - sentFrom) / 1e9;
            return new DeviceResult(measured, measured.count(Outcome.CLASSIFIED) / seconds, stream.credits());
        } finally {
            signals.warm().countDown();
        }
    }

    private StreamOptions options() {
        StreamOptions.Builder options = StreamOptions.of("load", pictures.sdkFormat())
                .deliveryPolicy(plan.policy())
                .smoothing(Smoothing.off())
                .frozenPictureDetection(FrozenPictureDetection.off())
                .onAnswer(this::receive);
        return plan.saturates()
                ? options.build()
                : options.frameRate(plan.framesPerSecond()).build();
    }

    private long sendFor(FrameStream stream, Duration duration, long lastId) throws InterruptedException {
        Metronome metronome = new Metronome(plan.framesPerSecond());
        long start = System.nanoTime();
        long id = lastId;
        for (long sent = 0;
                System.nanoTime() - start < duration.toNanos()
                        && !signals.stop().get();
                sent++) {
            if (!plan.saturates()) {
                metronome.await(sent);
            }
            unanswered.acquire();
            stream.send(pictures.frame(++id));
        }
        return id;
    }

    /**
     * Waits until all frames are answered, so that from then on the server works only for the frames that are
     * measured.
     */
    private void awaitAnswers() throws InterruptedException {
        unanswered.acquire(plan.mostUnanswered());
        unanswered.release(plan.mostUnanswered());
    }

    private void receive(FrameAnswer answer) {
        if (answer.frameId() > warmUpEndsAfter) {
            measured.add(answer);
            measuredUntil = System.nanoTime();
        }
        unanswered.release();
    }
}
