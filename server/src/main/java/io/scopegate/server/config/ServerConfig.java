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
     * How much the pictures of all streams that wait to be decoded may take together, with the messages of single calls that
     * have not begun; a frame for which there is no room is rejected. Messages of which only a part has come may take as much
     * again, outside the heap. By default half of the Java heap.
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
     * word that it is the last. Server reflection, where it is on, does not heed it.
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

        /**
         * The model for clients that name none; by default the first of {@code scopegate.served-models}, or else the only one
         * there is.
         */
        Optional<String> name();

        /** Version of the default model that serves; by default the highest one there is, also one that comes later. */
        OptionalInt version();

        /** How often new versions are looked for; a local file system tells of them before. */
        @WithDefault("10s")
        Duration pollInterval();

        /** How long a new version has to look the same before it is touched. */
        @WithDefault("1s")
        Duration settleTime();

        /**
         * How many times the size of a version's network has to be free in memory before it is loaded; 0 does not ask.
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

    /**
     * How connections are set up and watched. A client that has vanished is found after both ping times at the latest. A client
     * that itself sends keepalive pings more often than every 5 s is disconnected ({@code too_many_pings}).
     */
    interface ConnectionConfig {

        /** How long a client may take to set up its connection. */
        @WithDefault("10s")
        Duration handshakeTime();

        /** After how much silence a client is asked for a sign of life. */
        @WithDefault("5s")
        Duration pingInterval();

        /** How long a client may take for the sign of life that it was asked for. */
        @WithDefault("2s")
        Duration pingTimeout();
    }

    /** Who may say which model serves. */
    interface AdminConfig {

        /** Whether the admin service may be called. */
        @WithDefault("false")
        boolean enabled();

        /**
         * File with a line for each who may call the admin service: the token, and after a space a name for the log. Read
         * at each call.
         */
        Optional<Path> tokenFile();

        /**
         * Unit (OU) in the certificate of a client that may call the admin service without a token; needs mutual TLS.
         */
        Optional<String> certificateUnit();
    }

    /** TLS of the gRPC service, from PEM files; changed ones are taken up while streams go on. */
    interface TlsConfig {

        /** The server's certificate, with the intermediate certificates after it. */
        Optional<Path> certificate();

        /** Key of {@code scopegate.tls.certificate}: PKCS 8, not encrypted. */
        Optional<Path> key();

        /** Authorities that a client's certificate has to come from (mutual TLS); by default clients need none. */
        Optional<Path> clientAuthorities();

        /** How often certificate, key and authorities are looked at for changes. */
        @WithDefault("5s")
        Duration reloadInterval();
    }

    /** How the network is run. */
    interface InferenceConfig {

        /**
         * Threads that compute one run of the network; by default one for each processor.
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
         * The most frames of one run of the network; never more than the model allows. On processors more frames in a run
         * make none of them quicker.
         *
         * @return frames
         */
        @WithDefault("1")
        int maxBatch();

        /** How long a run of the network waits for further frames once it has one. */
        @WithDefault("0s")
        Duration batchWait();

        /**
         * How long a run of the network may take; by default 1 s, or 10 times what the model took before it served, if that
         * is more.
         */
        Optional<Duration> hangLimit();

        /** After which time without a frame that it has judged the network is run over a black picture to see whether it still
         * answers. */
        @WithDefault("5s")
        Duration canaryInterval();

        /**
         * Whether the process ends with exit code 1 once the network no longer answers, for its supervisor to start it
         * anew.
         */
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
         * Which GPU networks run on.
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

        /** Whether ONNX Runtime's threads spin while they wait for work. */
        @WithDefault("false")
        boolean allowSpinning();
    }

    /** When a stream's verdict goes back to in body: after so many frames and so much time, both. */
    interface SmoothingConfig {

        /**
         * How many consecutive in-body frames it takes to go back to in body, where the client names no number.
         *
         * @return frames
         */
        @WithDefault("3")
        int frames();

        /** How long frames have to be at or above the threshold to go back to in body, where the client names no time. */
        @WithDefault("100ms")
        Duration time();

        /**
         * The fewest in-body frames in a row that a client may ask for; above 1, it cannot turn smoothing off, and a single
         * call, which has one frame, is never in body.
         *
         * @return frames
         */
        @WithDefault("0")
        int leastFrames();

        /**
         * The most in-body frames in a row that a client may ask for.
         *
         * @return frames
         */
        @WithDefault("1000")
        int mostFrames();

        /**
         * The shortest time before in body that a client may ask for; above 0, it cannot turn smoothing off, and a single
         * call is never in body.
         */
        @WithDefault("0s")
        Duration leastTime();

        /** The longest time before in body that a client may ask for. */
        @WithDefault("1m")
        Duration mostTime();
    }

    /** When a picture that stays the same counts as frozen, and as out of body. */
    interface FrozenPictureConfig {

        /** How long a picture may stay the same, where the client names no time. */
        @WithDefault("2s")
        Duration after();

        /** The shortest time without a change that a client may ask for. */
        @WithDefault("100ms")
        Duration shortest();

        /** The longest time without a change that a client may ask for. */
        @WithDefault("1m")
        Duration longest();

        /**
         * Whether a client may turn the detection of frozen pictures off; where it may not, a single call is never in body.
         */
        @WithDefault("true")
        boolean optional();
    }

    /** What happened, for whoever asks later: verdicts that changed, models that came and went; never pictures. */
    interface AuditConfig {

        /** Directory of the audit log, of this server alone; by default there is none. */
        Optional<Path> directory();

        /** How large a file of the audit log may become before the next is begun. */
        @WithDefault("16M")
        MemorySize fileSize();

        /**
         * How many files of the audit log are kept, the newest, at least 2; the log tells of each that goes. By default all
         * are.
         */
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
         * How many frames are held at most with their pictures, from arrival to verdict.
         *
         * @return frames of a stream
         */
        @WithDefault("4")
        int frames();

        /**
         * How many frames may be unanswered, where frames are dropped rather than blocked.
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
