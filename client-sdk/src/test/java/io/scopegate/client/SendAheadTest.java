package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.scopegate.proto.v1.ClassifyStreamRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests how many frames are handed to a transport that has not yet written the ones before. */
@Timeout(30)
class SendAheadTest {
    private static final StreamOptions OPTIONS =
            StreamOptions.of("tower-1", FrameFormat.jpeg()).build();

    @Test
    void smallFramesDoNotWaitUntilTheTransportHasWrittenThoseBeforeThemButOffersDo() {
        try (FakeClassifier server = FakeClassifier.accepting(8, (id, client) -> {});
                ScopegateClient client =
                        ScopegateClient.to("fake:1").build(server.transport().intercept(new BusyTransport()));
                FrameStream stream = client.open(OPTIONS)) {
            stream.send(frame(1));
            stream.send(frame(2));

            assertThat(stream.offer(frame(3))).isFalse();
            assertThat(stream.offer(frame(3), Duration.ofMillis(20))).isFalse();
        }
    }

    @Test
    void largeFramesWaitUntilTheTransportHasWrittenThoseBeforeThem() throws InterruptedException {
        BusyTransport transport = new BusyTransport();
        try (FakeClassifier server = FakeClassifier.accepting(8, (id, client) -> {});
                ScopegateClient client =
                        ScopegateClient.to("fake:1").build(server.transport().intercept(transport));
                FrameStream stream = client.open(OPTIONS)) {
            Queue<Long> sent = new ConcurrentLinkedQueue<>();
            Thread sender = new Thread(() -> {
                for (long id = 1; id <= 3; id++) {
                    stream.send(Frame.encoded(id, Instant.EPOCH.plusMillis(id), new byte[500_000]));
                    sent.add(id);
                }
            });
            sender.start();
            // The sender may also wait for the stream's lock before it has sent two frames.
            while (sender.isAlive() && (sent.size() < 2 || sender.getState() != Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
            assertThat(sent).containsExactly(1L, 2L);

            transport.written();
            sender.join();

            assertThat(sent).containsExactly(1L, 2L, 3L);
        }
    }

    /** A transport that is busy with a frame until the test says that it has been written. */
    private static final class BusyTransport implements ClientInterceptor {
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile Runnable onReady = () -> {};

        void written() {
            busy.set(false);
            onReady.run();
        }

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> answers, Metadata headers) {
                    onReady = answers::onReady;
                    super.start(answers, headers);
                }

                @Override
                public void sendMessage(Q message) {
                    busy.set(((ClassifyStreamRequest) message).hasFrame());
                    super.sendMessage(message);
                }

                @Override
                public boolean isReady() {
                    return !busy.get() && super.isReady();
                }
            };
        }
    }

    private static Frame frame(long id) {
        return Frame.encoded(id, Instant.EPOCH.plusMillis(id), new byte[] {1, 2, 3});
    }
}
