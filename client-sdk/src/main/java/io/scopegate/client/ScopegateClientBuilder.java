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

/** Describes a {@link ScopegateClient}. Not for use by several threads at once. */
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

    /** Speaks TLS; without this, the link is not encrypted. */
    public ScopegateClientBuilder tls(TlsFiles files) {
        this.tls = Optional.of(Objects.requireNonNull(files, "files"));
        return this;
    }

    /** The name that the server's certificate must hold, where it is not the host of the target. */
    public ScopegateClientBuilder serverName(String name) {
        this.serverName = Optional.of(Objects.requireNonNull(name, "name"));
        return this;
    }

    /**
     * When a stream has heard nothing from the server for {@code time} (default 5 s), it asks for a sign of life, and
     * ends with {@link Reason#LINK_LOST} if there is none within {@code timeout} (default 2 s).
     *
     * <p>The {@code timeout} begins once the question has been handed to the network, since a large frame on its way over
     * a slow link holds it up, but 30 s after it was asked at the latest. After {@link FrameStream#finish()}, when nothing
     * can be asked any more, a stream ends {@code time}, 30 s and {@code timeout} after the server's last message.
     *
     * <p>The transport does the same for the connection, with a ping, but waits 10 s at least; the server must permit
     * pings that often.
     *
     * <p>So a server that has stopped is found after {@code time} and {@code timeout} (7 s by default, and up to a second
     * more, since it looks every half second) as long as the network takes what is sent. Once frames fill that up, the
     * question is held up and the transport's ping comes first: {@code time}, 10 s at least, and {@code timeout} after
     * anything came over the connection (12 s by default). A server that takes no more frames and yet replies to pings, or
     * has something in between that does, is found {@code time}, 30 s and {@code timeout} after its last message (37 s).
     *
     * <p>More than 100 years count as 100 years; with a {@code time} of 1,000 days or more the transport does not ping.
     */
    public ScopegateClientBuilder keepAlive(Duration time, Duration timeout) {
        this.keepAlive = new KeepAlive(positive("time", time), positive("timeout", timeout));
        return this;
    }

    /** How long {@link ScopegateClient#open} may take; 10 s by default. */
    public ScopegateClientBuilder openTimeout(Duration timeout) {
        this.openTimeout = positive("timeout", timeout);
        return this;
    }

    /**
     * The largest message in bytes that is sent or taken, 32 MiB by default and at least 64 KiB, so that every answer has
     * room; the server has its own limit as well.
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
     * The clock that capture times come from: the one that is compared with the server's. Default: the system's.
     *
     * <p>Where it throws, {@link FrameStream#currentVerdict} is out of body, and a stream that needs it to compare the clocks
     * ends and says so; what is unanswered then is answered {@link Outcome#ABANDONED}.
     */
    public ScopegateClientBuilder clock(Clock captureClock) {
        this.clock = Objects.requireNonNull(captureClock, "captureClock");
        return this;
    }

    /**
     * The client. It connects when it is first used.
     *
     * @throws java.io.UncheckedIOException naming the file, if one of those for TLS cannot be read or is not what it should be
     */
    public ScopegateClient build() {
        ChannelCredentials credentials = tls.map(Transport::credentials).orElseGet(InsecureChannelCredentials::create);
        ManagedChannelBuilder<?> transport = Grpc.newChannelBuilder(dnsName, credentials)
                .keepAliveTime(keepAlive.timeNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(keepAlive.timeoutNanos(), TimeUnit.NANOSECONDS);
        serverName.ifPresent(transport::overrideAuthority);
        return build(transport);
    }

    /** Measures round trips and silence; for tests. */
    ScopegateClientBuilder nanoTime(LongSupplier source) {
        this.nanoTime = source;
        return this;
    }

    /** Runs what is to be done from time to time; for tests. */
    ScopegateClientBuilder scheduler(Supplier<Scheduler> source) {
        this.scheduler = source;
        return this;
    }

    /** Over another transport; for tests. */
    ScopegateClient build(ManagedChannelBuilder<?> transport) {
        var time = new TimeSource(clock, nanoTime);
        return new ScopegateClient(
                transport, new ClientSettings(program, openTimeout, maxMessageBytes, keepAlive, time, scheduler));
    }

    private static Duration positive(String name, Duration duration) {
        Objects.requireNonNull(duration, name);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " is " + duration + ", more than 0");
        }
        return duration;
    }
}
