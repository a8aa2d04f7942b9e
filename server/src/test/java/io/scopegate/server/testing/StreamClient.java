package io.scopegate.server.testing;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.FrozenPictureDetection;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.proto.v1.Smoothing;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.proto.v1.StreamOpen;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client's stream to a server under test. */
public final class StreamClient {

    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<ClassifyStreamResponse> responses = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final ClientCallStreamObserver<ClassifyStreamRequest> call;

    private StreamClient(Channel channel, boolean reading) {
        call = (ClientCallStreamObserver<ClassifyStreamRequest>)
                ClassifierGrpc.newStub(channel).classifyStream(new Responses(reading));
    }

    public static StreamClient on(Channel channel) {
        return new StreamClient(channel, true);
    }

    /** Opens a stream that reads nothing until {@link #read()}. */
    public static StreamClient notReading(Channel channel) {
        return new StreamClient(channel, false);
    }

    /**
     * Returns the opening of a stream of JPEG frames, each judged on its own: without smoothing or frozen-picture
     * detection.
     */
    public static StreamOpen.Builder jpegs() {
        return StreamOpen.newBuilder()
                .setSmoothing(Smoothing.newBuilder().setDisabled(true))
                .setFrozenPictureDetection(FrozenPictureDetection.newBuilder().setDisabled(true))
                .setDeviceId("test")
                .setFormat(FrameFormat.newBuilder().setPixelFormat(PixelFormat.PIXEL_FORMAT_JPEG));
    }

    public static Frame.Builder frame(long id, byte[] encoded) {
        return Frame.newBuilder().setFrameId(id).setEncoded(ByteString.copyFrom(encoded));
    }

    public StreamAccepted open(StreamOpen.Builder open) throws InterruptedException {
        send(ClassifyStreamRequest.newBuilder().setOpen(open).build());
        return next().getAccepted();
    }

    public FrameAnswer classify(Frame.Builder frame) throws InterruptedException {
        send(frame);
        return nextAnswer();
    }

    public void send(Frame.Builder frame) {
        send(ClassifyStreamRequest.newBuilder().setFrame(frame).build());
    }

    public void send(ClassifyStreamRequest request) {
        call.onNext(request);
    }

    public void halfClose() {
        call.onCompleted();
    }

    public void cancel() {
        call.cancel("by the test", null);
    }

    public void read() {
        call.request(Integer.MAX_VALUE);
    }

    public boolean ready() {
        return call.isReady();
    }

    public FrameAnswer nextAnswer() throws InterruptedException {
        ClassifyStreamResponse response = next();
        if (!response.hasAnswer()) {
            throw new AssertionError("an answer expected, not " + response);
        }
        return response.getAnswer();
    }

    public ClassifyStreamResponse next() throws InterruptedException {
        return Objects.requireNonNull(
                responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "no response; end: " + end);
    }

    /** Waits for the stream to end and returns its status. */
    public Status end() {
        return end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Whether all responses that have arrived have been taken. */
    public boolean nothingMore() {
        return responses.isEmpty();
    }

    private final class Responses implements ClientResponseObserver<ClassifyStreamRequest, ClassifyStreamResponse> {

        private final boolean reading;

        Responses(boolean reading) {
            this.reading = reading;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<ClassifyStreamRequest> stream) {
            if (!reading) {
                stream.disableAutoRequestWithInitial(0);
            }
        }

        @Override
        public void onNext(ClassifyStreamResponse response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable fault) {
            end.complete(Status.fromThrowable(fault));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }
}
