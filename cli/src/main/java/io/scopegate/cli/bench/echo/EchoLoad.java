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
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One device on a bare grpc-java channel of its own, with as many unanswered frames as the SDK's devices had. */
final class EchoLoad implements Callable<EchoLoad.Result>, StreamObserver<ClassifyStreamResponse> {

    private static final long END_LIMIT_SECONDS = 60;

    private final String address;
    private final LoadPlan plan;
    private final SentPictures pictures;
    private final Semaphore credits;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Queue<Long> sentNanos = new ConcurrentLinkedQueue<>();
    private final Percentiles roundTrips = new Percentiles();
    private volatile long sentFrom = Long.MAX_VALUE;
    private long measuredFrom;
    private long measuredUntil;

    EchoLoad(String address, LoadPlan plan, SentPictures pictures, int credits) {
        this.address = address;
        this.plan = plan;
        this.pictures = pictures;
        this.credits = new Semaphore(credits);
    }

    /**
     * What came back.
     *
     * @param roundTrips of the measured frames
     * @param framesPerSecond measured frames by the time from the answer before theirs, or the first one's sending, to
     *     the last one's answer
     */
    record Result(Percentiles roundTrips, double framesPerSecond) {}

    @Override
    public Result call() throws InterruptedException {
        ManagedChannel channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
        try {
            StreamObserver<ClassifyStreamRequest> requests =
                    ClassifierGrpc.newStub(channel).classifyStream(this);
            sendFor(requests, plan.warmUp());
            sentFrom = System.nanoTime();
            sendFor(requests, plan.duration());
            requests.onCompleted();
            if (!end.await(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the echo has not ended");
            }
            long took = measuredUntil - Math.max(sentFrom, measuredFrom);
            return new Result(roundTrips, roundTrips.count() * 1e9 / took);
        } finally {
            channel.shutdownNow();
        }
    }

    private void sendFor(StreamObserver<ClassifyStreamRequest> requests, Duration duration)
            throws InterruptedException {
        Metronome metronome = new Metronome(plan.framesPerSecond());
        long start = System.nanoTime();
        for (long sent = 0; System.nanoTime() - start < duration.toNanos(); sent++) {
            if (!plan.saturates()) {
                metronome.await(sent);
            }
            credits.acquire();
            sentNanos.add(System.nanoTime());
            requests.onNext(request(sent));
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
        long now = System.nanoTime();
        long sent = sentNanos.remove();
        credits.release();
        if (sent >= sentFrom) {
            roundTrips.add(Duration.ofNanos(now - sent));
            measuredUntil = now;
        } else {
            measuredFrom = now;
        }
    }

    @Override
    public void onError(Throwable fault) {
        end.countDown();
    }

    @Override
    public void onCompleted() {
        end.countDown();
    }
}
