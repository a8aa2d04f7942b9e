package io.scopegate.server.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.scopegate.inference.engine.Precision;
import io.scopegate.inference.target.WantedTarget;
import io.scopegate.server.admission.DeliveryPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What concerns the server as a whole. */
@ConfigMapping(prefix = "scopegate")
interface ServerConfig {

    /** Directory of all models, {@code NAME/VERSION} each. */
    @WithDefault("models")
    Path models();

    /**
     * Names of all models that are served, separated by commas; by default the one of {@code scopegate.model.name} alone.
     * Each has its own versions, threads and tensors, and the server is ready once all of them serve.
     */
    Optional<List<String>> servedModels();

    /** Which of them is for clients that name none, and how new versions are taken up. */
    ModelConfig model();

    /** The largest message that is read. */
    @WithDefault("32M")
    MemorySize maxMessage();

    /**
     * How much the pictures of all streams that wait to be decoded may take together; a frame for which there is no room is
     * rejected. By default half of the Java heap.
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
     * The largest area of a frame, 8192 x 4320 by default; an encoded picture that states more is not decoded.
     *
     * @return pixels
     */
    @WithDefault("35389440")
    int maxPixels();

    /**
     * How many calls may be open at once: streams and single frames together.
     *
     * @return calls
     */
    @WithDefault("16")
    int maxStreams();

    /**
     * How many calls, streams and single frames together, one connection may have open. It is closed if in 10 s more calls are
     * cancelled on it, or run out of their time, than 1000 for each of them.
     *
     * @return calls
     */
    @WithDefault("16")
    int maxStreamsPerConnection();

    /**
     * How many calls, streams and single frames together, one client may have open: the holder of a certificate, or an
     * address.
     *
     * @return calls
     */
    @WithDefault("16")
    int maxStreamsPerClient();

    /**
     * How many connections there may be at once. As many again may be being set up or refused; one more is closed without a
     * word.
     *
     * @return connections
     */
    @WithDefault("64")
    int maxConnections();

    /**
     * How long a client may leave a stream without its first message, and any other call without its only message and the
     * word that it is the last.
     */
    @WithDefault("10s")
    Duration openTime();

    /** How connections are set up and watched. */
    ConnectionConfig connection();

    /** Whether clients may ask which services and messages there are (gRPC reflection). */
    @WithDefault("false")
    boolean reflection();

    /**
     * How long frames that are on their way may still be answered when the server stops, also where it ends by
     * {@code scopegate.inference.exit-on-fault}.
     */
    @WithDefault("2s")
    Duration drainTime();

    /**
     * Threads that decode and preprocess, for each model; by default one for each processor.
     *
     * @return threads
     */
    OptionalInt workers();

    /** How the network is run. */
    InferenceConfig inference();

    /** What each stream gets. */
    StreamConfig stream();

    /** When a stream's verdict goes back to in body. */
    SmoothingConfig smoothing();

    /** When a picture that stays the same counts as frozen. */
    FrozenPictureConfig frozenPicture();

    /** What happened, for whoever asks later. */
    AuditConfig audit();

    /** How JPEG is decoded. */
    JpegConfig jpeg();

    /** Where native libraries come from. */
    @WithName("native")
    NativeConfig libraries();

    /** Ed25519 public key (X.509, PEM); where set, a version that is not signed for it is not served. */
    Optional<Path> modelPublicKey();

    /** TLS of the gRPC service; without a certificate it speaks plain text. */
    TlsConfig tls();

    /** Who may say which model serves. */
    AdminConfig admin();

    /** Where a pin is kept over a restart; by default it is forgotten. */
    Optional<Path> stateDirectory();

    /** Which model is for clients that name none, and how new versions are taken up. */
    interface ModelConfig {

        /** By default the first of {@code scopegate.served-models}, or else the only one there is. */
        Optional<String> name();

        /** Of that model; by default the highest one there is, also one that comes later. */
        OptionalInt version();

        /** How often new versions are looked for; a local file system tells of them before. */
        @WithDefault("10s")
        Duration pollInterval();

        /** How long a new version has to look the same before it is touched. */
        @WithDefault("1s")
        Duration settleTime();

        /**
         * How many times the size of its network has to be free in memory; 0 does not ask.
         *
         * @return times the size of the network's file
         */
        @WithDefault("3")
        double memoryFactor();

        /**
         * How long a version may take to be loaded and proven before it is told of as hanging. What serves goes on; where
         * nothing does, the network counts as one that does not answer.
         */
        @WithDefault("5m")
        Duration loadLimit();
    }

    /** How connections are set up and watched. A client that has vanished is found after both ping times at the latest. */
    interface ConnectionConfig {

        /** How long a client may take to set up its connection. */
        @WithDefault("10s")
        Duration handshakeTime();

        /** After how much silence a client is asked for a sign of life. */
        @WithDefault("5s")
        Duration pingInterval();

        /** How long that sign may take. */
        @WithDefault("2s")
        Duration pingTimeout();
    }

    /** Who may say which model serves. */
    interface AdminConfig {

        /** Whether anybody may. */
        @WithDefault("false")
        boolean enabled();

        /** One line for each holder: the token, and after a space a name for the log. Read at each call. */
        Optional<Path> tokenFile();

        /** Unit (OU) in the certificate of a client that may without a token; needs mutual TLS. */
        Optional<String> certificateUnit();
    }

    /** TLS of the gRPC service, from PEM files; changed ones are taken up while streams go on. */
    interface TlsConfig {

        /** The server's certificate, with the intermediate certificates after it. */
        Optional<Path> certificate();

        /** The key of that certificate: PKCS 8, not encrypted. */
        Optional<Path> key();

        /** Authorities that a client's certificate has to come from (mutual TLS); by default clients need none. */
        Optional<Path> clientAuthorities();

        /** How often the files are looked at. */
        @WithDefault("5s")
        Duration reloadInterval();
    }

    /** How the network is run. */
    interface InferenceConfig {

        /**
         * Threads that compute one run; by default one for each processor.
         *
         * @return threads
         */
        OptionalInt threads();

        /**
         * Runs of a model at the same time; each has its own batch.
         *
         * @return threads
         */
        @WithDefault("1")
        int sessions();

        /**
         * The most frames of one run; never more than the model allows. On processors more frames in a run make none of
         * them quicker.
         *
         * @return frames
         */
        @WithDefault("1")
        int maxBatch();

        /** How long a run waits for further frames once it has one. */
        @WithDefault("0s")
        Duration batchWait();

        /** How long a run may take; by default 1 s, or 10 times what the model took before it served, if that is more. */
        Optional<Duration> hangLimit();

        /** After which time without a frame that it has judged the network is run over a black picture to see whether it still
         * answers. */
        @WithDefault("5s")
        Duration canaryInterval();

        /** Whether the process ends with exit code 1 once it does not, for its supervisor to start it anew. */
        @WithDefault("false")
        boolean exitOnFault();

        /**
         * Where networks run: {@code auto} takes the best there is and says why it is no better one. Whoever asks for
         * {@code tensorrt}, {@code cuda} or {@code cpu} gets that, or no model serves. Health, metrics and the options
         * {@code --target} of other commands than {@code serve} say {@code tensorrt-fp16} or {@code tensorrt-fp32}: here
         * that is {@code tensorrt} and {@code scopegate.inference.precision}.
         */
        @WithDefault("auto")
        WantedTarget target();

        /**
         * Which GPU.
         *
         * @return index from 0
         */
        @WithDefault("0")
        int device();

        /** With which precision TensorRT computes; {@code fp16} falls back to {@code fp32} where it answers differently. */
        @WithDefault("fp16")
        Precision precision();

        /**
         * Directory of TensorRT's engines, each built once for a model and this machine, which takes minutes; servers may
         * share it. By default {@code .cache/scopegate/engines} in the home of who runs the server.
         */
        Optional<Path> engineCache();

        /** Whether they spin while they wait for work. */
        @WithDefault("false")
        boolean allowSpinning();
    }

    /** When a stream's verdict goes back to in body: after so many frames and so much time, both. */
    interface SmoothingConfig {

        /**
         * Consecutive in-body frames, where the client leaves it open.
         *
         * @return frames
         */
        @WithDefault("3")
        int frames();

        /** Time at or above the threshold, where the client leaves it open. */
        @WithDefault("100ms")
        Duration time();

        /**
         * The fewest frames that a client may ask for; above 1, it cannot turn smoothing off, and a single call, which has
         * one frame, is never in body.
         *
         * @return frames
         */
        @WithDefault("0")
        int leastFrames();

        /**
         * The most frames that a client may ask for.
         *
         * @return frames
         */
        @WithDefault("1000")
        int mostFrames();

        /**
         * The shortest time that a client may ask for; above 0, it cannot turn smoothing off, and a single call is never in
         * body.
         */
        @WithDefault("0s")
        Duration leastTime();

        /** The longest time that a client may ask for. */
        @WithDefault("1m")
        Duration mostTime();
    }

    /** When a picture that stays the same counts as frozen, and as out of body. */
    interface FrozenPictureConfig {

        /** Where the client leaves it open. */
        @WithDefault("2s")
        Duration after();

        /** The shortest time that a client may ask for. */
        @WithDefault("100ms")
        Duration shortest();

        /** The longest time that a client may ask for. */
        @WithDefault("1m")
        Duration longest();

        /** Whether a client may turn the detection off; where it may not, a single call is never in body. */
        @WithDefault("true")
        boolean optional();
    }

    /** What happened, for whoever asks later: verdicts that changed, models that came and went; never pictures. */
    interface AuditConfig {

        /** Where the log of this server alone goes; by default there is none. */
        Optional<Path> directory();

        /** How large a file may become before the next is begun. */
        @WithDefault("16M")
        MemorySize fileSize();

        /** How many of its files are kept, the newest, at least 2; the log tells of each that goes. By default all are. */
        OptionalInt keepFiles();
    }

    /** How JPEG is decoded. */
    interface JpegConfig {

        /** {@code imageio} keeps from libjpeg-turbo, which is used wherever there is one for the machine; no other value. */
        Optional<String> decoder();
    }

    /** Where native libraries come from. */
    interface NativeConfig {

        /** A directory that holds {@code libscopegate_jpeg.so}, or the start stops; by default it comes from the jar. */
        Optional<Path> path();
    }

    /** What each stream gets. */
    interface StreamConfig {

        /** What happens to a frame for which there is no time, where the client leaves it open. */
        @WithDefault("latest-wins")
        DeliveryPolicy deliveryPolicy();

        /**
         * Frames with their pictures, from arrival to verdict.
         *
         * @return frames of a stream
         */
        @WithDefault("4")
        int frames();

        /**
         * Unanswered frames, where frames are dropped rather than blocked.
         *
         * @return frames of a stream
         */
        @WithDefault("32")
        int unanswered();

        /**
         * Answers that wait for a slow reader before its stream is ended.
         *
         * @return answers of a stream
         */
        @WithDefault("256")
        int answers();
    }
}
