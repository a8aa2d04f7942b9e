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
 * A connection to one Scopegate server. It connects on first use and reconnects on the next use after a loss. It holds
 * its threads and its connection until {@link #close()}. A program needs only one client: streams share the connection.
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
        // A retry could send a frame twice, and keeps copies of frames. It is up to the application to repeat a lost
        // call.
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
     * Returns a builder for a client of this server.
     *
     * @param target {@code host:port}; put an IPv6 address in brackets
     * @throws IllegalArgumentException if the host is invalid, or the port is not 1 to 65535
     */
    public static ScopegateClientBuilder to(String target) {
        return new ScopegateClientBuilder(target);
    }

    /**
     * Opens a stream. Blocks until the server has accepted it, for at most {@link ScopegateClientBuilder#openTimeout}.
     *
     * @throws ScopegateException.Unreachable if there is no server, if it is stopping, or if this client is closed
     *     while the call waits
     * @throws ScopegateException.Refused if the server refuses these options or this client
     * @throws ScopegateException.TimedOut if the connection was not established, or the stream was not accepted, in
     *     time; the message says which
     */
    public FrameStream open(StreamOptions options) {
        Objects.requireNonNull(options, "options");
        refuseWhenClosed();
        var transport = calls.newCall(ClassifierGrpc.getClassifyStreamMethod(), CallOptions.DEFAULT);
        var call = new StreamCall(transport, new StreamSetup(settings, scheduler, owner));
        live.add(call);
        if (closed) {
            // close() may have gone through the live streams before this one was added.
            call.close();
        }
        try {
            var open =
                    options.message().toBuilder().setClient(settings.program()).build();
            return new FrameStream(call, call.open(open, settings.openTimeout()), options);
        } catch (Throwable e) {
            // Nobody else can end the stream, for example after the clock has thrown or if no thread could be started.
            call.close();
            throw e;
        }
    }

    /**
     * Classifies one frame. Blocks until it is answered. The frame must carry its own format.
     *
     * <p>If the server does not let clients turn off smoothing or frozen-picture detection, it never answers a single
     * frame in body.
     *
     * <p>A call that exceeds its deadline is cancelled on the connection that all of this client's streams share. The
     * server closes that connection after too many cancelled calls (see its {@code
     * scopegate.max-streams-per-connection}).
     *
     * @param deadline how long the call may take, including the time to connect
     * @throws ScopegateException.TimedOut if the deadline passes
     * @throws ScopegateException.Unreachable if there is no server, or if it is stopping
     * @throws ScopegateException.Refused if the server refuses the call
     * @throws IllegalArgumentException if the frame has no format, or is larger than the client allows
     */
    public FrameAnswer classify(Frame frame, Duration deadline) {
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(deadline, "deadline");
        refuseWhenClosed();
        if (!frame.message().hasFormat()) {
            throw new IllegalArgumentException("frame has no format, which is required without a stream");
        }
        var request = ClassifyRequest.newBuilder().setFrame(frame.message()).build();
        MessageSize.check(request, settings.maxMessageBytes());
        TimeSource time = settings.time();
        SentFrame sent = SentFrame.of(frame.message(), time.now());
        return read(call(request, deadline), sent, time.since(sent.sent()));
    }

    /**
     * Returns the model administration of the server, authorised by a token. It must be enabled on the server.
     *
     * @param token a token that the server knows; it is sent as it is, so use TLS on an untrusted network
     * @param deadline how long each call may take, including the time to load a model
     * @throws IllegalArgumentException if the token contains anything but visible ASCII characters, such as the newline
     *     of the file it was read from; the message does not show the token
     */
    public ModelAdmin admin(String token, Duration deadline) {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(deadline, "deadline");
        refuseWhenClosed();
        return ModelAdmin.byToken(calls, token, deadline);
    }

    /**
     * Returns the model administration of the server, authorised by this client's certificate.
     *
     * @param deadline how long each call may take, including the time to load a model
     */
    public ModelAdmin admin(Duration deadline) {
        Objects.requireNonNull(deadline, "deadline");
        refuseWhenClosed();
        return new ModelAdmin(calls, deadline);
    }

    /**
     * Ends all streams, drops the connection and ends the client's threads. Remaining answers of the streams are still
     * delivered. A call to {@link #open} or {@link #classify} on another thread throws {@link
     * ScopegateException.Unreachable}.
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
     * As many threads as there are callbacks at once. Callbacks that the transport submits after {@link #close()} has
     * ended all streams are dropped.
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
