package io.scopegate.cli.server;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.ClassifierGrpc.ClassifierImplBase;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.Reason;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.proto.v1.Verdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server in this process that gives every frame the same answer, whatever is on it. Owns its port until closed. */
public final class StandInClassifier implements AutoCloseable {

    /** The largest message that the server accepts according to its opening answer, in bytes. */
    public static final int LARGEST_MESSAGE = 20_000;

    private static final Status SMOOTHING_DEMANDED = Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT_VALUE)
            .setMessage("open.smoothing.disabled: false, as this server has it, not true")
            .addDetails(Any.pack(ErrorInfo.newBuilder()
                    .setReason("PROTOCOL_BREACH")
                    .putMetadata("field", "open.smoothing.disabled")
                    .build()))
            .build();

    private final Server server;
    private final List<String> devices = new CopyOnWriteArrayList<>();

    /** @param withoutSmoothing whether a stream may disable smoothing */
    private StandInClassifier(FrameAnswer answer, boolean withoutSmoothing) throws IOException {
        this.server = NettyServerBuilder.forAddress(
                        new InetSocketAddress("127.0.0.1", 0), InsecureServerCredentials.create())
                .addService(new Answering(answer, withoutSmoothing, devices))
                .build()
                .start();
    }

    /** Starts a server that classifies every frame as out of body. */
    public static StandInClassifier classifying() throws IOException {
        return new StandInClassifier(outOfBody(), true);
    }

    /** Starts a server that does the same, but refuses streams without smoothing, as its configuration may demand. */
    public static StandInClassifier demandingSmoothing() throws IOException {
        return new StandInClassifier(outOfBody(), false);
    }

    /** Starts a server that rejects every frame. */
    public static StandInClassifier rejecting() throws IOException {
        return new StandInClassifier(
                FrameAnswer.newBuilder()
                        .setOutcome(Outcome.OUTCOME_REJECTED)
                        .setVerdict(Verdict.VERDICT_OUT_OF_BODY)
                        .setRawVerdict(Verdict.VERDICT_OUT_OF_BODY)
                        .setReason(Reason.REASON_BAD_DIMENSIONS)
                        .build(),
                true);
    }

    /** Starts a server that accepts frames, answers none of them, and ends the stream with OK. */
    public static StandInClassifier endingWithoutAnAnswer() throws IOException {
        return new StandInClassifier(FrameAnswer.getDefaultInstance(), true);
    }

    private static FrameAnswer outOfBody() {
        return FrameAnswer.newBuilder()
                .setOutcome(Outcome.OUTCOME_CLASSIFIED)
                .setVerdict(Verdict.VERDICT_OUT_OF_BODY)
                .setRawVerdict(Verdict.VERDICT_OUT_OF_BODY)
                .setReason(Reason.REASON_MODEL)
                .setRawClass("outbody")
                .build();
    }

    /** Returns the address, as {@code HOST:PORT}. */
    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Returns for each frame received so far the device id that its stream was opened with. */
    public List<String> framesBy() {
        return List.copyOf(devices);
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    private static final class Answering extends ClassifierImplBase {

        private final FrameAnswer answer;
        private final boolean withoutSmoothing;
        private final List<String> devices;

        Answering(FrameAnswer answer, boolean withoutSmoothing, List<String> devices) {
            this.answer = answer;
            this.withoutSmoothing = withoutSmoothing;
            this.devices = devices;
        }

        @Override
        public StreamObserver<ClassifyStreamRequest> classifyStream(StreamObserver<ClassifyStreamResponse> responses) {
            return new StreamObserver<>() {

                private String device = "";

                @Override
                public void onNext(ClassifyStreamRequest request) {
                    if (request.hasOpen() && request.getOpen().getSmoothing().getDisabled() && !withoutSmoothing) {
                        responses.onError(StatusProto.toStatusException(SMOOTHING_DEMANDED));
                    } else if (request.hasOpen()) {
                        device = request.getOpen().getDeviceId();
                        responses.onNext(accepted());
                    } else if (request.hasFrame()) {
                        devices.add(device);
                        answer(request.getFrame().getFrameId());
                    }
                }

                private void answer(long frameId) {
                    if (!answer.equals(FrameAnswer.getDefaultInstance())) {
                        responses.onNext(to(frameId));
                    }
                }

                @Override
                public void onError(Throwable fault) {
                    // The stream is over.
                }

                @Override
                public void onCompleted() {
                    responses.onCompleted();
                }
            };
        }

        private static ClassifyStreamResponse accepted() {
            return ClassifyStreamResponse.newBuilder()
                    .setAccepted(StreamAccepted.newBuilder()
                            .setStreamId("s-1")
                            .setCredits(4)
                            .setMaxMessageBytes(LARGEST_MESSAGE))
                    .build();
        }

        private ClassifyStreamResponse to(long frameId) {
            return ClassifyStreamResponse.newBuilder()
                    .setAnswer(answer.toBuilder().setFrameId(frameId))
                    .build();
        }
    }
}
