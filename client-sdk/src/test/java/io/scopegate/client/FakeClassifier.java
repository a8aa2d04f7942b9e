package io.scopegate.client;

import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A server in the same process that handles each message as the test says. */
final class FakeClassifier extends ClassifierGrpc.ClassifierImplBase implements AutoCloseable {
    static final long NEVER_ANSWERED = 1_000;
    static final long ANSWERED_WRONGLY = 2_000;
    static final long GIVEN_UP_ON_THE_WAY = 3_000;

    /** All messages that the client has sent on streams, in order. */
    final BlockingQueue<ClassifyStreamRequest> received = new LinkedBlockingQueue<>();

    final BlockingQueue<ClassifyRequest> unary = new LinkedBlockingQueue<>();
    final BlockingQueue<Status> cancelled = new LinkedBlockingQueue<>();

    private final String name = UUID.randomUUID().toString();
    private final BiConsumer<ClassifyStreamRequest, StreamObserver<ClassifyStreamResponse>> onMessage;
    private final Server server;
    private volatile boolean endsStreams = true;
    private volatile Consumer<StreamObserver<ClassifyStreamResponse>> onHalfClose = client -> {};

    /**
     * Creates a server that calls {@code onMessage} for each message of a stream, and ends a stream with OK when it is
     * half-closed.
     */
    FakeClassifier(BiConsumer<ClassifyStreamRequest, StreamObserver<ClassifyStreamResponse>> onMessage) {
        this.onMessage = onMessage;
        try {
            this.server = InProcessServerBuilder.forName(name)
                    .addService(this)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a server that accepts every stream with these credits and answers every frame in body at once. */
    static FakeClassifier answeringAtOnce(int credits) {
        return new FakeClassifier((message, client) -> {
            if (message.hasOpen()) {
                client.onNext(Replies.accepted(credits));
            } else if (message.hasFrame()) {
                client.onNext(Replies.inBody(message.getFrame().getFrameId()));
            }
        });
    }

    /** Returns a server that accepts every stream with these credits and calls {@code onFrame} for each frame. */
    static FakeClassifier accepting(int credits, BiConsumer<Long, StreamObserver<ClassifyStreamResponse>> onFrame) {
        return new FakeClassifier((message, client) -> {
            if (message.hasOpen()) {
                client.onNext(Replies.accepted(credits));
            } else if (message.hasFrame()) {
                onFrame.accept(message.getFrame().getFrameId(), client);
            }
        });
    }

    /** Sets an action that runs before a half-closed stream is ended with OK. */
    FakeClassifier onHalfClose(Consumer<StreamObserver<ClassifyStreamResponse>> action) {
        onHalfClose = action;
        return this;
    }

    /** Makes the server leave half-closed streams open. */
    FakeClassifier leavingStreamsOpen() {
        endsStreams = false;
        return this;
    }

    ManagedChannelBuilder<?> transport() {
        return InProcessChannelBuilder.forName(name);
    }

    ScopegateClient client() {
        return ScopegateClient.to("fake:1").build(transport());
    }

    /** Waits for the client's next message and returns it. */
    ClassifyStreamRequest take() throws InterruptedException {
        ClassifyStreamRequest message = received.poll(20, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("the client has sent nothing for 20 s");
        }
        return message;
    }

    @Override
    public StreamObserver<ClassifyStreamRequest> classifyStream(StreamObserver<ClassifyStreamResponse> client) {
        // Messages are requested in advance, so that the transport is always ready and only credits hold a sender back.
        ((ServerCallStreamObserver<ClassifyStreamResponse>) client).request(100_000);
        return new StreamObserver<>() {
            @Override
            public void onNext(ClassifyStreamRequest message) {
                received.add(message);
                onMessage.accept(message, client);
            }

            @Override
            public void onError(Throwable failure) {
                cancelled.add(Status.fromThrowable(failure));
            }

            @Override
            public void onCompleted() {
                onHalfClose.accept(client);
                if (endsStreams) {
                    client.onCompleted();
                }
            }
        };
    }

    @Override
    public void classify(ClassifyRequest request, StreamObserver<ClassifyResponse> client) {
        unary.add(request);
        long id = request.getFrame().getFrameId();
        if (id == GIVEN_UP_ON_THE_WAY) {
            client.onError(Status.CANCELLED.asException());
        } else if (id != NEVER_ANSWERED) {
            var answer = Replies.inBody(id == ANSWERED_WRONGLY ? 1 : id).getAnswer();
            client.onNext(ClassifyResponse.newBuilder().setAnswer(answer).build());
            client.onCompleted();
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
