package io.scopegate.cli.bench;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.input.Metronome;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.client.Frame;
import io.scopegate.client.FrameAnswer;
import io.scopegate.client.FrameFormat;
import io.scopegate.client.FrameStream;
import io.scopegate.client.FrozenPictureDetection;
import io.scopegate.client.Plane;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.Smoothing;
import io.scopegate.client.StreamOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** One device: a connection and a stream of its own, frames at its rate or as fast as the server's credit allows. */
final class DeviceLoad implements Callable<DeviceLoad.Result> {

    private static final Duration END_LIMIT = Duration.ofMinutes(5);

    private final String address;
    private final BenchPlan plan;
    private final String deviceId;
    private final List<byte[]> frames;
    private final StageTimes measured = new StageTimes();
    private long measuredFrom;
    private long measuredUntil;
    private volatile long warmUpEndsAfter = Long.MAX_VALUE;

    DeviceLoad(String address, BenchPlan plan, int number, List<byte[]> frames) {
        this.address = address;
        this.plan = plan;
        this.deviceId = "bench-" + number;
        this.frames = frames;
    }

    /**
     * What came back.
     *
     * @param times of all measured frames
     * @param framesPerSecond measured frames by the time from the first one's sending to the last one's answer
     */
    record Result(StageTimes times, double framesPerSecond) {}

    @Override
    public Result call() {
        try (ScopegateClient client = ScopegateClient.to(address).build();
                FrameStream stream = client.open(options())) {
            long id = sendFor(stream, BenchPlan.WARM_UP, 0);
            warmUpEndsAfter = id;
            measuredFrom = System.nanoTime();
            sendFor(stream, plan.duration(), id);
            stream.finish();
            stream.awaitEnd(END_LIMIT);
        }
        double seconds = (measuredUntil - measuredFrom) / 1e9;
        return new Result(measured, measured.total().count() / seconds);
    }

    private StreamOptions options() {
        PixelFormat format = plan.pixelFormat();
        FrameFormat sent = FrameFormat.of(
                io.scopegate.client.PixelFormat.valueOf(format.name()),
                plan.size().width(),
                plan.size().height());
        StreamOptions.Builder options = StreamOptions.of(deviceId, sent)
                .deliveryPolicy(DeliveryPolicy.BLOCK)
                .smoothing(Smoothing.off())
                .frozenPictureDetection(FrozenPictureDetection.off())
                .onAnswer(this::receive);
        return plan.saturates()
                ? options.build()
                : options.frameRate(plan.framesPerSecond()).build();
    }

    private long sendFor(FrameStream stream, Duration duration, long lastId) {
        Metronome metronome = new Metronome(plan.framesPerSecond());
        long start = System.nanoTime();
        long id = lastId;
        for (long sent = 0; System.nanoTime() - start < duration.toNanos(); sent++) {
            if (!plan.saturates()) {
                metronome.await(sent);
            }
            stream.send(frame(++id));
        }
        return id;
    }

    private Frame frame(long id) {
        byte[] content = frames.get((int) (id % frames.size()));
        return plan.pixelFormat().encoded()
                ? Frame.encoded(id, Instant.now(), content)
                : Frame.raw(id, Instant.now(), List.of(new Plane(ByteBuffer.wrap(content), 0)));
    }

    private void receive(FrameAnswer answer) {
        if (answer.frameId() > warmUpEndsAfter) {
            measured.add(answer);
            measuredUntil = System.nanoTime();
        }
    }
}
