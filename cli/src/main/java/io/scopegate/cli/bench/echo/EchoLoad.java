package io.scopegate.cli.bench.echo;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.scopegate.cli.input.Metronome;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.load.SentPictures;
import io.scopegate.cli.report.Percentiles;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.Plane;
import io.scopegate.proto.v1.RawPicture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One device on a bare grpc-java channel of its own, with as many unanswered frames as the SDK's devices had. As in
 * the SDK, a frame waits for the plan's limit of unanswered frames before its time starts, and for a credit of the
 * server while it runs.
 */
final class EchoLoad implements Callable<EchoLoad.Result>, StreamObserver<ClassifyStreamResponse> {

    private static final long END_LIMIT_SECONDS = 60;

    /** One less than a semaphore can hold, because a fault releases one permit more. */
    private static final int MOST_UNANSWERED = Integer.MAX_VALUE - 1;

    private final String address;
    private final LoadPlan plan;
    private final SentPictures pictures;
    private final Semaphore unanswered;
    private final Semaphore credits;
    private final LongSupplier nanoTime;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Queue<Long> sentNanos = new ConcurrentLinkedQueue<>();
    private final Percentiles roundTrips = new Percentiles();
    private volatile long sentFrom = Long.MAX_VALUE;
    private volatile @Nullable Throwable fault;
    private long measuredFrom;
    private long measuredUntil;

    /**
     * Creates a device that has not connected yet.
     *
     * @param credits number of credits that the server had granted to the SDK's devices
     * @param nanoTime the clock
     */
    EchoLoad(String address, LoadPlan plan, SentPictures pictures, int credits, LongSupplier nanoTime) {
        this.address = address;
        this.plan = plan;
        this.pictures = pictures;
        this.unanswered = new Semaphore(Math.min(plan.mostUnanswered(), MOST_UNANSWERED));
        this.credits = new Semaphore(credits);
        this.nanoTime = nanoTime;
    }

    /**
     * The result of one device.
     *
     * @param roundTrips times of the measured frames, each from the moment when it may be sent except for a credit
     * @param framesPerSecond measured frames, divided by the time from the answer before theirs, or the sending of the
     *     first one if that is later, to the last answer
     */
    record Result(Percentiles roundTrips, double framesPerSecond) {}

    @Override
    public Result call() throws IOException, InterruptedException {
        ManagedChannel channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
        try {
            StreamObserver<ClassifyStreamRequest> requests =
                    ClassifierGrpc.newStub(channel).classifyStream(this);
            sendFor(requests, plan.warmUp());
            sentFrom = nanoTime.getAsLong();
            sendFor(requests, plan.duration());
            requests.onCompleted();
            if (!end.await(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the echo did not finish within " + END_LIMIT_SECONDS + " s");
            }
            throwFault();
            long took = measuredUntil - Math.max(sentFrom, measuredFrom);
            return new Result(roundTrips, roundTrips.count() * 1e9 / took);
        } finally {
            channel.shutdownNow();
        }
    }

    private void sendFor(StreamObserver<ClassifyStreamRequest> requests, Duration duration)
            throws IOException, InterruptedException {
        Metronome metronome = new Metronome(plan.framesPerSecond());
        long start = nanoTime.getAsLong();
        for (long sent = 0; nanoTime.getAsLong() - start < duration.toNanos(); sent++) {
            if (!plan.saturates()) {
                metronome.await(sent);
            }
            unanswered.acquire();
            long called = nanoTime.getAsLong();
            credits.acquire();
            throwFault();
            sentNanos.add(called);
            requests.onNext(request(sent));
        }
    }

    private void throwFault() throws IOException {
        Throwable broken = fault;
        if (broken != null) {
            throw new IOException("the echo failed: " + broken.getMessage(), broken);
        }
    }

    private ClassifyStreamRequest request(long id) {
        Instant now = Instant.now();
        ByteString content = UnsafeByteOperations.unsafeWrap(pictures.content(id));
        Frame.Builder frame = Frame.newBuilder()
                .setFrameId(id)
                .setCaptureTime(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()));
        if (pictures.format().encoded()) {
            frame.setEncoded(content);
        } else {
            frame.setRaw(RawPicture.newBuilder().addPlanes(Plane.newBuilder().setData(content)));
        }
        return ClassifyStreamRequest.newBuilder().setFrame(frame).build();
    }

    @Override
    public void onNext(ClassifyStreamResponse answer) {
        long now = nanoTime.getAsLong();
        long sent = sentNanos.remove();
        credits.release();
        unanswered.release();
        if (sent >= sentFrom) {
            roundTrips.add(Duration.ofNanos(now - sent));
            measuredUntil = now;
        } else {
            measuredFrom = now;
        }
    }

    /** Releases the sending thread, which would otherwise wait for answers that no longer come, and lets it see why. */
    @Override
    public void onError(Throwable broken) {
        fault = broken;
        credits.release();
        unanswered.release();
        end.countDown();
    }

    @Override
    public void onCompleted() {
        end.countDown();
    }
}
