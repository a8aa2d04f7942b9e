package io.scopegate.client;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Builds a {@link ScopegateClient}. Not thread-safe. */
public final class ScopegateClientBuilder {
    /** An answer takes some hundred bytes, the state of a repository with many models some ten thousand. */
    private static final int LEAST_MESSAGE_BYTES = 64 * 1024;

    private final String dnsName;
    private Optional<TlsFiles> tls = Optional.empty();
    private Optional<String> serverName = Optional.empty();
    private KeepAlive keepAlive = new KeepAlive(Duration.ofSeconds(5), Duration.ofSeconds(2));
    private Duration openTimeout = Duration.ofSeconds(10);
    private int maxMessageBytes = 32 * 1024 * 1024;
    private String program = "scopegate-client-sdk";
    private Clock clock = Clock.systemUTC();
    private LongSupplier nanoTime = System::nanoTime;
    private Supplier<Scheduler> scheduler = () -> new TimerThread(new DaemonThreads("scopegate-timer-"));

    ScopegateClientBuilder(String target) {
        this.dnsName = Target.dnsName(target);
    }

    /** Uses TLS. Without this, the connection is not encrypted. */
    public ScopegateClientBuilder tls(TlsFiles files) {
        this.tls = Optional.of(Objects.requireNonNull(files, "files"));
        return this;
    }

    /** The name that the server's certificate must contain, if it differs from the host of the target. */
    public ScopegateClientBuilder serverName(String name) {
        this.serverName = Optional.of(Objects.requireNonNull(name, "name"));
        return this;
    }

    /**
     * How a stream detects a server that has fallen silent. After hearing nothing from the server for {@code time}
     * (default 5 s), a stream sends a probe. If no message arrives within {@code timeout} (default 2 s), the stream
     * ends with {@link Reason#LINK_LOST}.
     *
     * <p>A large frame on a slow link can hold up the probe, so {@code timeout} starts when the probe has been handed
     * to the network, but no later than 30 s after it was due. In addition, the transport pings the connection after
     * {@code time}, but never sooner than after 10 s; the server must permit pings that often.
     *
     * <p>How long it takes to detect a server that no longer responds:
     *
     * <ul>
     *   <li>While the network accepts what is sent: {@code time + timeout}. By default 7 s, and up to a second more
     *       because the stream checks every half second.
     *   <li>When frames fill the network's buffers, so that the ping detects it first: {@code time} (at least 10 s)
     *       {@code + timeout} after anything last arrived over the connection. By default 12 s.
     *   <li>When the server accepts no more frames, but it or something in between still answers pings: {@code time +
     *       30 s + timeout} after the server's last message. By default 37 s.
     *   <li>After {@link FrameStream#finish()}, when no probe can be sent any more: the same {@code time + 30 s +
     *       timeout}.
     * </ul>
     *
     * <p>Values above 100 years count as 100 years. With a {@code time} of 1,000 days or more the transport does not
     * ping.
     */
    public ScopegateClientBuilder keepAlive(Duration time, Duration timeout) {
        this.keepAlive = new KeepAlive(positive("time", time), positive("timeout", timeout));
        return this;
    }

    /** How long {@link ScopegateClient#open} may take. Default: 10 s. */
    public ScopegateClientBuilder openTimeout(Duration timeout) {
        this.openTimeout = positive("timeout", timeout);
        return this;
    }

    /**
     * The largest message, in bytes, that this client sends or accepts. Default: 32 MiB. It must be at least 64 KiB, so
     * that every answer fits. The server has its own limit as well.
     */
    public ScopegateClientBuilder maxMessageBytes(int bytes) {
        if (bytes < LEAST_MESSAGE_BYTES) {
            throw new IllegalArgumentException("maxMessageBytes: at least " + LEAST_MESSAGE_BYTES + ", not " + bytes);
        }
        this.maxMessageBytes = bytes;
        return this;
    }

    /** Name and version of the application, for the server's logs. */
    public ScopegateClientBuilder program(String nameAndVersion) {
        this.program = Objects.requireNonNull(nameAndVersion, "nameAndVersion");
        return this;
    }

    /**
     * The clock that capture times come from. Its offset from the server's clock is measured. Default: the system
     * clock.
     *
     * <p>If the clock throws, {@link FrameStream#currentVerdict} returns out of body. A stream that needs the clock for
     * an offset measurement then ends, with a status that says so; its unanswered frames are answered {@link
     * Outcome#ABANDONED}.
     */
    public ScopegateClientBuilder clock(Clock captureClock) {
        this.clock = Objects.requireNonNull(captureClock, "captureClock");
        return this;
    }

    /**
     * Builds the client. It connects on first use.
     *
     * @throws java.io.UncheckedIOException if a TLS file cannot be read or is invalid; the message names the file
     */
    public ScopegateClient build() {
        ChannelCredentials credentials = tls.map(Transport::credentials).orElseGet(InsecureChannelCredentials::create);
        ManagedChannelBuilder<?> transport = Grpc.newChannelBuilder(dnsName, credentials)
                .keepAliveTime(keepAlive.timeNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(keepAlive.timeoutNanos(), TimeUnit.NANOSECONDS);
        serverName.ifPresent(transport::overrideAuthority);
        return build(transport);
    }

    /** Sets the clock that measures round trips and silence; for tests. */
    ScopegateClientBuilder nanoTime(LongSupplier source) {
        this.nanoTime = source;
        return this;
    }

    /** Sets what runs the periodic tasks; for tests. */
    ScopegateClientBuilder scheduler(Supplier<Scheduler> source) {
        this.scheduler = source;
        return this;
    }

    /** Builds the client over another transport; for tests. */
    ScopegateClient build(ManagedChannelBuilder<?> transport) {
        var time = new TimeSource(clock, nanoTime);
        return new ScopegateClient(
                transport, new ClientSettings(program, openTimeout, maxMessageBytes, keepAlive, time, scheduler));
    }

    private static Duration positive(String name, Duration duration) {
        Objects.requireNonNull(duration, name);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be greater than 0, got " + duration);
        }
        return duration;
    }
}
