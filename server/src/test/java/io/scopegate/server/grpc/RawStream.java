package io.scopegate.server.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import io.scopegate.proto.v1.ClassifyStreamResponse;
import io.scopegate.proto.v1.FrameAnswer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose client can send arbitrary bytes. Fails if the server sends nothing for {@value #PATIENCE_SECONDS} s.
 */
final class RawStream {

    private static final long PATIENCE_SECONDS = 300;

    private static final MethodDescriptor<byte[], ClassifyStreamResponse> METHOD =
            ClassifierGrpc.getClassifyStreamMethod().toBuilder(
                            new RawBytes(),
                            ClassifierGrpc.getClassifyStreamMethod().getResponseMarshaller())
                    .build();

    private final ClientCall<byte[], ClassifyStreamResponse> call;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private @Nullable Status end;

    private sealed interface Event {}

    private record Came(ClassifyStreamResponse response) implements Event {}

    private record Ended(Status status) implements Event {}

    RawStream(Channel channel) {
        call = channel.newCall(METHOD, CallOptions.DEFAULT);
        call.start(new Listener(), new Metadata());
        call.request(Integer.MAX_VALUE);
    }

    void send(byte[] message) {
        call.sendMessage(message);
    }

    void send(ClassifyStreamRequest message) {
        send(message.toByteArray());
    }

    /** Returns the next answer, or null if the stream has ended. */
    @Nullable
    FrameAnswer nextAnswer() throws InterruptedException {
        while (end == null) {
            switch (next()) {
                case Came(ClassifyStreamResponse response) -> {
                    if (response.hasAnswer()) {
                        return response.getAnswer();
                    }
                }
                case Ended(Status status) -> end = status;
            }
        }
        return null;
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing came for " + PATIENCE_SECONDS + " s");
        }
        return event;
    }

    /** Half-closes the stream and returns the answers that are still to come. */
    List<FrameAnswer> finish() throws InterruptedException {
        call.halfClose();
        List<FrameAnswer> answers = new ArrayList<>();
        for (FrameAnswer answer = nextAnswer(); answer != null; answer = nextAnswer()) {
            answers.add(answer);
        }
        return answers;
    }

    /** Returns the status with which the stream has ended, or null while {@link #nextAnswer} has not seen the end. */
    @Nullable
    Status end() {
        return end;
    }

    private final class Listener extends ClientCall.Listener<ClassifyStreamResponse> {

        @Override
        public void onMessage(ClassifyStreamResponse response) {
            events.add(new Came(response));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            events.add(new Ended(status));
        }
    }

    static final class RawBytes implements Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream bytes) {
            throw new UnsupportedOperationException("only requests are of this kind");
        }
    }
}
