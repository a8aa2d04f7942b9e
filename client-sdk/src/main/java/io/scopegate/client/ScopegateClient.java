package io.scopegate.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.proto.v1.ClassifyRequest;
import io.scopegate.proto.v1.ClassifyResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A connection to one Scopegate server. Connects when it is first used and again whenever it is used after a loss; holds
 * its threads and its connection until {@link #close()}. One is enough for a program: streams share the connection.
 */
public final class ScopegateClient implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final ClientSettings settings;
    private final ExecutorService callbacks;
    private final Scheduler scheduler;
    private final ManagedChannel channel;
    private final Channel calls;
    private final Set<StreamCall> live = ConcurrentHashMap.newKeySet();
    private final StreamSetup.Owner owner = new LiveStreams();
    private volatile boolean closed;

    ScopegateClient(ManagedChannelBuilder<?> transport, ClientSettings settings) {
        this.settings = settings;
        this.callbacks = transportThreads();
        this.scheduler = settings.scheduler().get();
        // Retries would send a frame twice and keep copies of frames; a lost call is the application's to repeat.
        this.channel = transport
                .executor(callbacks)
                .offloadExecutor(callbacks)
                .maxInboundMessageSize(settings.maxMessageBytes())
                .disableRetry()
                .build();
        this.calls = ClientInterceptors.intercept(
                channel, new FreshCalls(channel), new PlainStatus(settings.maxMessageBytes()));
    }

    /**
     * Starts the description of a client.
     *
     * @param target {@code host:port}; an IPv6 address goes in brackets
     * @throws IllegalArgumentException if that is no host, or the port is not 1 to 65535
     */
    public static ScopegateClientBuilder to(String target) {
        return new ScopegateClientBuilder(target);
    }

    /**
     * Opens a stream; blocks until the server has accepted it, at most for the time given to {@link
     * ScopegateClientBuilder#openTimeout}.
     *
     * @throws ScopegateException.Unreachable if there is no server, if it is stopping, or if this client is closed
     *     meanwhile
     * @throws ScopegateException.Refused if the server does not take these options or this client
     * @throws ScopegateException.TimedOut if there is no connection in time, or the server does not accept; it says which
     */
    public FrameStream open(StreamOptions options) {
        Objects.requireNonNull(options, "options");
        refuseWhenClosed();
        var transport = calls.newCall(ClassifierGrpc.getClassifyStreamMethod(), CallOptions.DEFAULT);
        var call = new StreamCall(transport, new StreamSetup(settings, scheduler, owner));
        live.add(call);
        if (closed) {
            // close() may have looked before this stream was among the live ones.
            call.close();
        }
        try {
            var open =
                    options.message().toBuilder().setClient(settings.program()).build();
            return new FrameStream(call, call.open(open, settings.openTimeout()), options);
        } catch (Throwable e) {
            // Nobody has the stream, so nobody else would end it: after a clock that throws, or for want of a thread.
            call.close();
            throw e;
        }
    }

    /**
     * Judges one frame, which must carry its own format; blocks until it is answered. A call that takes longer than its
     * deadline is cancelled on the connection that all of this client's streams share, which the server closes if too many
     * are (its {@code scopegate.max-streams-per-connection} says how many). A server that lets no stream do without
     * smoothing, or without the detection of frozen pictures, answers no single frame in body.
     *
     * @param deadline how long this may take, the connecting included
     * @throws ScopegateException.TimedOut if it takes longer
     * @throws ScopegateException.Unreachable if there is no server, or if it is stopping
     * @throws ScopegateException.Refused if the server does not take the call
     * @throws IllegalArgumentException if the frame has no format, or is larger than the client allows
     */
    public FrameAnswer classify(Frame frame, Duration deadline) {
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(deadline, "deadline");
        refuseWhenClosed();
        if (!frame.message().hasFormat()) {
            throw new IllegalArgumentException("frame has no format, needed where there is no stream to have one");
        }
        var request = ClassifyRequest.newBuilder().setFrame(frame.message()).build();
        MessageSize.check(request, settings.maxMessageBytes());
        TimeSource time = settings.time();
        SentFrame sent = SentFrame.of(frame.message(), time.now());
        return read(call(request, deadline), sent, time.since(sent.sent()));
    }

    /**
     * Says which model the server serves, where the server lets it.
     *
     * @param token that the server knows; sent as it is, so use TLS where the network is not trusted
     * @param deadline how long each call may take, the loading of a model included
     * @throws IllegalArgumentException without the token, if that holds anything but the visible characters of ASCII, as with
     *     the line end of its file
     */
    public ModelAdmin admin(String token, Duration deadline) {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(deadline, "deadline");
        refuseWhenClosed();
        return ModelAdmin.byToken(calls, token, deadline);
    }

    /**
     * The same for a server that takes orders from holders of this client's certificate.
     *
     * @param deadline how long each call may take, the loading of a model included
     */
    public ModelAdmin admin(Duration deadline) {
        Objects.requireNonNull(deadline, "deadline");
        refuseWhenClosed();
        return new ModelAdmin(calls, deadline);
    }

    /**
     * Ends all streams, whose remaining answers are still given out, drops the connection and ends the client's threads.
     * A call to {@link #open} or {@link #classify} on another thread ends with {@link ScopegateException.Unreachable}.
     */
    @Override
    public void close() {
        closed = true;
        live.forEach(StreamCall::close);
        channel.shutdownNow();
        scheduler.close();
        try {
            if (!channel.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ScopegateException.TimedOut("the connection has not closed within " + CLOSING);
            }
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        } finally {
            callbacks.shutdown();
        }
    }

    /**
     * As many threads as there are callbacks at once. What the transport has still to say after {@link #close()} has
     * ended all streams is dropped.
     */
    private static ExecutorService transportThreads() {
        var threads = new DaemonThreads("scopegate-transport-");
        var dropped = new ThreadPoolExecutor.DiscardPolicy();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threads, dropped);
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
    }

    private ClassifyResponse call(ClassifyRequest request, Duration deadline) {
        var options = CallOptions.DEFAULT.withDeadlineAfter(Timeouts.nanos(deadline), TimeUnit.NANOSECONDS);
        try {
            return ClientCalls.blockingUnaryCall(calls, ClassifierGrpc.getClassifyMethod(), options, request);
        } catch (StatusRuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ScopegateException.Interrupted(new InterruptedException(e.getMessage()));
            }
            throw Failures.of(StatusReader.read(e));
        }
    }

    private static FrameAnswer read(ClassifyResponse response, SentFrame frame, Duration roundTrip) {
        try {
            frame.refuseOther(response.getAnswer().getFrameId());
            return AnswerReader.read(response.getAnswer(), frame, roundTrip);
        } catch (RuntimeException e) {
            throw Failures.of(ProtocolBreach.status(e));
        }
    }

    private final class LiveStreams implements StreamSetup.Owner {
        @Override
        public void ended(StreamCall stream) {
            live.remove(stream);
        }

        @Override
        public void silent() {
            channel.enterIdle();
        }
    }
}
