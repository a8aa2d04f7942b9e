package io.scopegate.server.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.scopegate.inference.engine.Precision;
import io.scopegate.inference.target.RequestedTarget;
import io.scopegate.server.admission.DeliveryPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The server as a whole. */
@ConfigMapping(prefix = "scopegate")
interface ServerConfig {

    /** Directory of all models, as {@code NAME/VERSION}. */
    @WithDefault("models")
    Path models();

    /**
     * Names of the models to serve; by default only {@code scopegate.model.name}. Each model has
     * its own versions, threads and tensors. The server is ready once all of them are served.
     */
    Optional<List<String>> servedModels();

    /** The default model, and how new versions are picked up. */
    ModelConfig model();

    /** The largest message that is read. */
    @WithDefault("32M")
    MemorySize maxMessage();

    /**
     * Memory for all pictures that wait to be decoded, on all streams of all models together, and for messages of
     * single calls that have not begun; a frame that does not fit is rejected. Partially received messages may take as
     * much again (at least four times `scopegate.max-message`), outside the heap; those of one client half of that
     * where `scopegate.max-streams-per-client` is below `scopegate.max-streams`. By default half of the Java heap.
     */
    Optional<MemorySize> waitingPictures();

    /**
     * The largest width and height of a frame.
     *
     * @return pixels
     */
    @WithDefault("8192")
    int maxDimension();

    /**
     * The largest area of a frame, by default 8192 x 4320; an encoded picture that declares more is not decoded.
     *
     * @return pixels
     */
    @WithDefault("35389440")
    int maxPixels();

    /**
     * How many calls, streams and single calls together, may be open at once.
     *
     * @return calls
     */
    @WithDefault("16")
    int maxStreams();

    /**
     * How many calls, streams and single calls together, one connection may have open. The connection is closed if,
     * within 10 s, more than 1000 calls for each of these are cancelled or exceed their deadline.
     *
     * @return calls
     */
    @WithDefault("16")
    int maxStreamsPerConnection();

    /**
     * How many calls, streams and single calls together, one client may have open. A client is the holder of a
     * certificate, or else an address.
     *
     * @return calls
     */
    @WithDefault("16")
    int maxStreamsPerClient();

    /**
     * How many connections may be open at once. As many again may be in setup or being refused; any beyond that is
     * closed without a message.
     *
     * @return connections
     */
    @WithDefault("64")
    int maxConnections();

    /**
     * How long a client may take to send the first message of a stream, or the only message and the half-close of any
     * other call. Server reflection, if enabled, ignores this limit.
     */
    @WithDefault("10s")
    Duration openTime();

    /** Connection setup and keepalive. */
    ConnectionConfig connection();

    /** Whether clients may list services and messages (gRPC server reflection). */
    @WithDefault("false")
    boolean reflection();

    /**
     * How long the server goes on answering frames in flight when it stops, also when it ends because of
     * {@code scopegate.inference.exit-on-fault}.
     */
    @WithDefault("2s")
    Duration drainTime();

    /**
     * Threads per model that decode and preprocess; by default one per processor.
     *
     * @return threads
     */
    OptionalInt workers();

    /** How the network is run. */
    InferenceConfig inference();

    /** Limits of each stream. */
    StreamConfig stream();

    /** When a stream's verdict returns to in body. */
    SmoothingConfig smoothing();

    /** When an unchanging picture counts as frozen. */
    FrozenPictureConfig frozenPicture();

    /** The audit log. */
    AuditConfig audit();

    /** JPEG decoding. */
    JpegConfig jpeg();

    /** Native libraries. */
    @WithName("native")
    NativeConfig libraries();

    /** Ed25519 public key (X.509, PEM). If set, only versions signed with the matching private key are served. */
    Optional<Path> modelPublicKey();

    /** TLS of the gRPC service; without a certificate it uses plain text. */
    TlsConfig tls();

    /** The admin service, which changes what is served, and who may call it. */
    AdminConfig admin();

    /** Where a pin is kept across restarts; by default it is forgotten. */
    Optional<Path> stateDirectory();

    /** The default model, for clients that name none, and how new versions are picked up. */
    interface ModelConfig {

        /**
         * The model for clients that name none; by default the first of {@code scopegate.served-models}, or else the
         * only one there is.
         */
        Optional<String> name();

        /** Version of the default model to serve; by default the highest one, including versions added later. */
        OptionalInt version();

        /** How often to look for new versions; a local file system reports them sooner. */
        @WithDefault("10s")
        Duration pollInterval();

        /** How long a new version must stay unchanged before it is loaded. */
        @WithDefault("1s")
        Duration settleTime();

        /**
         * How much memory must be free before a version is loaded, as a multiple of its network's size; 0 disables the
         * check.
         *
         * @return times the size of the network's file
         */
        @WithDefault("3")
        double memoryFactor();

        /**
         * How long loading and checking a version may take before it is reported as hanging. A version that is already
         * served goes on; if there is none, the network counts as not answering.
         */
        @WithDefault("5m")
        Duration loadLimit();
    }

    /**
     * Connection setup and keepalive. A client that has disappeared is detected after the ping interval plus the ping
     * timeout at the latest. A client that sends keepalive pings more often than every 5 s is disconnected ({@code
     * too_many_pings}).
     */
    interface ConnectionConfig {

        /** How long a client may take to set up its connection. */
        @WithDefault("10s")
        Duration handshakeTime();

        /** How long a client may be silent before it is pinged. */
        @WithDefault("5s")
        Duration pingInterval();

        /** How long a client may take to answer a ping. */
        @WithDefault("2s")
        Duration pingTimeout();
    }

    /** The admin service, which changes what is served, and who may call it. */
    interface AdminConfig {

        /** Whether the admin service is enabled. */
        @WithDefault("false")
        boolean enabled();

        /**
         * File with one line for each caller of the admin service: the token, a space, and a name for the log. Read at
         * each call.
         */
        Optional<Path> tokenFile();

        /**
         * Unit (OU) in a client's certificate that allows it to call the admin service without a token; needs mutual
         * TLS.
         */
        Optional<String> certificateUnit();
    }

    /** TLS of the gRPC service, from PEM files; changed files are reloaded while streams go on. */
    interface TlsConfig {

        /** The server's certificate, followed by any intermediate certificates. */
        Optional<Path> certificate();

        /** Private key of {@code scopegate.tls.certificate}: PKCS 8, not encrypted. */
        Optional<Path> key();

        /**
         * Certificate authorities that client certificates must come from (mutual TLS); by default clients need no
         * certificate.
         */
        Optional<Path> clientAuthorities();

        /** How often certificate, key and authorities are checked for changes. */
        @WithDefault("5s")
        Duration reloadInterval();
    }

    /** How the network is run. */
    interface InferenceConfig {

        /**
         * Threads that compute one run of the network; by default one per processor.
         *
         * @return threads
         */
        OptionalInt threads();

        /**
         * Concurrent runs per model; each has its own batch.
         *
         * @return threads
         */
        @WithDefault("1")
        int sessions();

        /**
         * The most frames in one run of the network; never more than the model allows. On the CPU, larger batches do
         * not make frames faster.
         *
         * @return frames
         */
        @WithDefault("1")
        int maxBatch();

        /** How long a run waits for more frames once it has one. */
        @WithDefault("0s")
        Duration batchWait();

        /**
         * How long a run of the network may take; by default 1 s, or 10 times what the model took before it was served,
         * if that is longer.
         */
        Optional<Duration> hangLimit();

        /**
         * How long each thread that runs the network may go without having judged a frame before it runs it on a black
         * picture, to check that it still answers.
         */
        @WithDefault("5s")
        Duration canaryInterval();

        /**
         * Whether the process exits with code 1 once the network no longer answers, so that its supervisor restarts it.
         */
        @WithDefault("false")
        boolean exitOnFault();

        /**
         * Where networks run. {@code auto} uses the best target available and reports why no better one is used; with
         * {@code tensorrt}, {@code cuda} or {@code cpu}, no model is served if that target is unavailable. Health,
         * metrics and the {@code --target} options of commands other than {@code serve} say {@code tensorrt-fp16} or
         * {@code tensorrt-fp32}; here, set {@code tensorrt} and {@code scopegate.inference.precision}.
         */
        @WithDefault("auto")
        RequestedTarget target();

        /**
         * The GPU that networks run on.
         *
         * @return index from 0
         */
        @WithDefault("0")
        int device();

        /** Precision of TensorRT; {@code fp16} falls back to {@code fp32} if its answers differ. */
        @WithDefault("fp16")
        Precision precision();

        /**
         * Directory of TensorRT engines, which servers may share. Each engine is built once per model and machine,
         * which takes minutes. By default {@code .cache/scopegate/engines} in the home directory of the user who runs
         * the server.
         */
        Optional<Path> engineCache();

        /** Whether ONNX Runtime's threads spin while they wait for work. */
        @WithDefault("false")
        boolean allowSpinning();
    }

    /** When a stream's verdict returns to in body: after enough consecutive frames and enough time, both. */
    interface SmoothingConfig {

        /**
         * How many consecutive in-body frames the return to in body takes, if the client does not say.
         *
         * @return frames
         */
        @WithDefault("3")
        int frames();

        /** How long frames must stay at or above the threshold to return to in body, if the client does not say. */
        @WithDefault("100ms")
        Duration time();

        /**
         * The fewest consecutive in-body frames that a client may ask for. Above 1, clients cannot turn smoothing off,
         * and a single call, which has one frame, is never in body.
         *
         * @return frames
         */
        @WithDefault("0")
        int leastFrames();

        /**
         * The most consecutive in-body frames that a client may ask for.
         *
         * @return frames
         */
        @WithDefault("1000")
        int mostFrames();

        /**
         * The shortest time before in body that a client may ask for. Above 0, clients cannot turn smoothing off, and a
         * single call is never in body.
         */
        @WithDefault("0s")
        Duration leastTime();

        /** The longest time before in body that a client may ask for. */
        @WithDefault("1m")
        Duration mostTime();
    }

    /** When an unchanging picture counts as frozen, and therefore as out of body. */
    interface FrozenPictureConfig {

        /** How long a picture may stay the same, if the client does not say. */
        @WithDefault("2s")
        Duration after();

        /** The shortest time without a change that a client may ask for. */
        @WithDefault("100ms")
        Duration shortest();

        /** The longest time without a change that a client may ask for. */
        @WithDefault("1m")
        Duration longest();

        /** Whether clients may turn frozen-picture detection off; if not, a single call is never in body. */
        @WithDefault("true")
        boolean optional();
    }

    /**
     * The audit log, a record of streams, verdict changes, model changes and admin orders; it never contains pictures.
     */
    interface AuditConfig {

        /** Directory of the audit log, which only one server may use; by default no log is kept. */
        Optional<Path> directory();

        /** How large an audit log file may become before the next one begins. */
        @WithDefault("16M")
        MemorySize fileSize();

        /**
         * How many of the newest audit log files to keep, at least 2; the log records each removal. By default all are
         * kept.
         */
        OptionalInt keepFiles();
    }

    /** JPEG decoding. */
    interface JpegConfig {

        /**
         * {@code imageio} disables libjpeg-turbo, which is used by default wherever it is available for the machine. No
         * other value is allowed.
         */
        Optional<String> decoder();
    }

    /** Native libraries. */
    interface NativeConfig {

        /**
         * Directory that contains {@code libscopegate_jpeg.so}; startup fails if it does not. By default the library
         * comes from the jar.
         */
        Optional<Path> path();
    }

    /** Limits of each stream. */
    interface StreamConfig {

        /** What to do when frames arrive faster than they can be judged, if the client does not say. */
        @WithDefault("latest-wins")
        DeliveryPolicy deliveryPolicy();

        /**
         * How many frames are held with their pictures, from arrival to verdict, at most.
         *
         * @return frames of a stream
         */
        @WithDefault("4")
        int frames();

        /**
         * How many frames may be unanswered under a delivery policy that drops frames ({@code latest-wins},
         * {@code reject-newest}).
         *
         * @return frames of a stream
         */
        @WithDefault("32")
        int unanswered();

        /**
         * How many answers may wait for a slow reader before its stream is ended.
         *
         * @return answers of a stream
         */
        @WithDefault("256")
        int answers();
    }
}
