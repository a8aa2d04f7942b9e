package io.scopegate.server.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.scopegate.audit.LogLimits;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.SigningKeys;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.engine.Precision;
import io.scopegate.inference.onnx.OnnxSettings;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.server.admission.StreamRoom;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.grpc.AdminSettings;
import io.scopegate.server.grpc.AdminTokens;
import io.scopegate.server.grpc.ConnectionSettings;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.grpc.ServerVersion;
import io.scopegate.server.grpc.ServiceSettings;
import io.scopegate.server.infer.BatchRoom;
import io.scopegate.server.infer.PulseSettings;
import io.scopegate.server.model.ModelSettings;
import io.scopegate.server.model.ReloadSettings;
import io.scopegate.server.model.RepositorySettings;
import io.scopegate.server.pipeline.PipelineSettings;
import io.scopegate.server.tls.TlsFiles;
import io.scopegate.server.tls.TlsSettings;
import io.scopegate.server.verdict.VerdictLimits;
import io.scopegate.server.verdict.VerdictLimits.FrozenLimits;
import io.scopegate.server.verdict.VerdictLimits.SmoothingLimits;
import io.scopegate.server.verdict.VerdictPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The configuration as the records of the packages that it is for. */
final class Settings {

    /** Longer ones would be more nanoseconds than a number can count, twice or added to another. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** A stream has its places for frames, and a client its credits, before the first frame comes. */
    private static final int MOST_FRAMES = 1 << 16;

    private final ServerConfig config;

    Settings(ServerConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    ServiceSettings service() {
        ServerConfig.StreamConfig stream = config.stream();
        return new ServiceSettings(
                maxMessage(),
                config.maxDimension(),
                atLeastOne("scopegate.max-streams", config.maxStreams()),
                atLeastOne("scopegate.stream.answers", stream.answers()),
                stream.deliveryPolicy(),
                room(stream),
                verdicts(),
                notNegative("scopegate.drain-time", config.drainTime()));
    }

    /** Jar and native executable have it in their configuration alike. */
    @Produces
    @Singleton
    ServerVersion version(@ConfigProperty(name = "quarkus.application.version") String built) {
        return new ServerVersion("scopegate-server " + built);
    }

    private int maxMessage() {
        return Math.toIntExact(bytes("scopegate.max-message", config.maxMessage(), Integer.MAX_VALUE));
    }

    private static StreamRoom room(ServerConfig.StreamConfig stream) {
        int frames =
                atMost(MOST_FRAMES, "scopegate.stream.frames", atLeastOne("scopegate.stream.frames", stream.frames()));
        return new StreamRoom(
                frames,
                atMost(
                        MOST_FRAMES,
                        "scopegate.stream.unanswered",
                        atLeast(frames, "scopegate.stream.unanswered", stream.unanswered())));
    }

    private VerdictLimits verdicts() {
        ServerConfig.SmoothingConfig smoothing = config.smoothing();
        ServerConfig.FrozenPictureConfig frozen = config.frozenPicture();
        return new VerdictLimits(
                new VerdictPolicy(smoothing.frames(), smoothing.time(), frozen.after()),
                new SmoothingLimits(
                        atLeast(0, "scopegate.smoothing.least-frames", smoothing.leastFrames()),
                        smoothing.mostFrames(),
                        notNegative("scopegate.smoothing.least-time", smoothing.leastTime()),
                        atMost("scopegate.smoothing.most-time", smoothing.mostTime())),
                new FrozenLimits(
                        notNegative("scopegate.frozen-picture.shortest", frozen.shortest()),
                        atMost("scopegate.frozen-picture.longest", frozen.longest()),
                        frozen.optional()));
    }

    @Produces
    @Singleton
    AuditSettings audit() {
        return new AuditSettings(config.audit().directory().orElse(null), auditLimits());
    }

    private LogLimits auditLimits() {
        long fileBytes = bytes("scopegate.audit.file-size", config.audit().fileSize(), Long.MAX_VALUE);
        OptionalInt files = config.audit().keepFiles();
        return files.isEmpty()
                ? LogLimits.keepingAll(fileBytes)
                : new LogLimits(fileBytes, atLeast(2, "scopegate.audit.keep-files", files.getAsInt()));
    }

    @Produces
    @Singleton
    PipelineSettings pipeline() {
        ServerConfig.InferenceConfig inference = config.inference();
        return new PipelineSettings(
                workers(),
                atLeastOne("scopegate.inference.sessions", inference.sessions()),
                notNegative("scopegate.inference.batch-wait", inference.batchWait()),
                frames(),
                waitingPictures(),
                Runtime.getRuntime().maxMemory() / 4);
    }

    private long waitingPictures() {
        long bytes = config.waitingPictures()
                .map(size -> size.asBigInteger()
                        .min(BigInteger.valueOf(Long.MAX_VALUE))
                        .longValueExact())
                .orElse(Runtime.getRuntime().maxMemory() / 2);
        long largest = maxMessage();
        if (bytes < largest) {
            throw new IllegalArgumentException(
                    "scopegate.waiting-pictures: at least one of scopegate.max-message, " + largest + " bytes, not "
                            + bytes + (config.waitingPictures().isPresent() ? "" : ", half of the heap"));
        }
        return bytes;
    }

    private int workers() {
        return perProcessor("scopegate.workers", config.workers());
    }

    /** By default one for each processor. */
    private static int perProcessor(String key, OptionalInt value) {
        return atLeastOne(key, value.orElse(Runtime.getRuntime().availableProcessors()));
    }

    private FrameLimits frames() {
        return new FrameLimits(
                atLeastOne("scopegate.max-dimension", config.maxDimension()),
                atLeastOne("scopegate.max-pixels", config.maxPixels()));
    }

    @Produces
    @Singleton
    ConnectionSettings connections() {
        ServerConfig.ConnectionConfig connection = config.connection();
        return new ConnectionSettings(
                atLeastOne("scopegate.max-connections", config.maxConnections()),
                new CallShare(
                        atLeastOne("scopegate.max-streams-per-connection", config.maxStreamsPerConnection()),
                        atLeastOne("scopegate.max-streams-per-client", config.maxStreamsPerClient())),
                new Times(
                        positive("scopegate.open-time", config.openTime()),
                        positive("scopegate.connection.handshake-time", connection.handshakeTime()),
                        positive("scopegate.connection.ping-interval", connection.pingInterval()),
                        positive("scopegate.connection.ping-timeout", connection.pingTimeout())),
                config.reflection());
    }

    @Produces
    @Singleton
    PulseSettings pulse() {
        ServerConfig.InferenceConfig inference = config.inference();
        return new PulseSettings(
                inference
                        .hangLimit()
                        .map(limit -> positive("scopegate.inference.hang-limit", limit))
                        .orElse(null),
                positive("scopegate.inference.canary-interval", inference.canaryInterval()),
                inference.exitOnFault());
    }

    @Produces
    @Singleton
    RepositorySettings models() {
        ServerConfig.ModelConfig model = config.model();
        Integer version = model.version().isPresent()
                ? version("scopegate.model.version", model.version().getAsInt())
                : null;
        ModelNames names = ModelNames.of(config.servedModels().orElse(List.of()), model.name());
        ReloadSettings reload = reload(model);
        List<ModelSettings> models = new ArrayList<>();
        models.add(new ModelSettings(config.models(), names.first(), version, room(), reload));
        names.others().forEach(name -> models.add(new ModelSettings(config.models(), name, null, room(), reload)));
        return new RepositorySettings(models);
    }

    private BatchRoom room() {
        ServerConfig.InferenceConfig inference = config.inference();
        return new BatchRoom(
                atLeastOne("scopegate.inference.max-batch", inference.maxBatch()), inference.sessions(), workers());
    }

    private static int version(String key, int value) {
        if (value < 1 || value > ModelManifest.MOST_VERSION) {
            throw new IllegalArgumentException(key + ": 1 to " + ModelManifest.MOST_VERSION + ", not " + value);
        }
        return value;
    }

    private static int atLeastOne(String key, int value) {
        return atLeast(1, key, value);
    }

    private static int atLeast(int least, String key, int value) {
        if (value < least) {
            throw new IllegalArgumentException(key + ": at least " + least + ", not " + value);
        }
        return value;
    }

    private static int atMost(int most, String key, int value) {
        if (value > most) {
            throw new IllegalArgumentException(key + ": at most " + most + ", not " + value);
        }
        return value;
    }

    private static long bytes(String key, MemorySize size, long most) {
        BigInteger bytes = size.asBigInteger();
        if (bytes.signum() < 1 || bytes.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new IllegalArgumentException(key + ": 1 to " + most + " bytes, not " + bytes);
        }
        return bytes.longValueExact();
    }

    private ReloadSettings reload(ServerConfig.ModelConfig model) {
        return new ReloadSettings(
                positive("scopegate.model.poll-interval", model.pollInterval()),
                notNegative("scopegate.model.settle-time", model.settleTime()),
                factor("scopegate.model.memory-factor", model.memoryFactor()),
                positive("scopegate.model.load-limit", model.loadLimit()),
                config.modelPublicKey().map(Settings::publicKey).orElse(null),
                config.stateDirectory().orElse(null));
    }

    private static double factor(String key, double value) {
        if (!Double.isFinite(value) || value < 0) {
            throw new IllegalArgumentException(key + ": a number of at least 0, not " + value);
        }
        return value;
    }

    private static Duration notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + ": at least 0, not " + value);
        }
        return atMost(key, value);
    }

    private static Duration positive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(key + ": more than 0, not " + value);
        }
        return atMost(key, value);
    }

    private static Duration atMost(String key, Duration value) {
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(key + ": at most " + LONGEST + ", not " + value);
        }
        return value;
    }

    private static PublicKey publicKey(Path file) {
        try {
            return SigningKeys.readPublic(file);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("scopegate.model-public-key: " + e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    TlsSettings tls() {
        ServerConfig.TlsConfig tls = config.tls();
        Duration interval = positive("scopegate.tls.reload-interval", tls.reloadInterval());
        if (tls.certificate().isEmpty()
                && tls.key().isEmpty()
                && tls.clientAuthorities().isEmpty()) {
            return new TlsSettings(null, interval);
        }
        return new TlsSettings(
                new TlsFiles(
                        present("scopegate.tls.certificate", tls.certificate()),
                        present("scopegate.tls.key", tls.key()),
                        tls.clientAuthorities().orElse(null)),
                interval);
    }

    private static Path present(String key, Optional<Path> file) {
        return file.orElseThrow(() ->
                new IllegalArgumentException(key + ": a file where another scopegate.tls file is set, not absent"));
    }

    @Produces
    @Singleton
    AdminSettings admin() {
        ServerConfig.AdminConfig admin = config.admin();
        if (!admin.enabled()) {
            return AdminSettings.OFF;
        }
        if (admin.tokenFile().isEmpty() && admin.certificateUnit().isEmpty()) {
            throw new IllegalArgumentException(
                    "scopegate.admin.enabled: true requires scopegate.admin.token-file or scopegate.admin.certificate-unit,"
                            + " and neither is set; set one of them, or scopegate.admin.enabled=false");
        }
        if (admin.certificateUnit().isPresent()
                && config.tls().clientAuthorities().isEmpty()) {
            throw new IllegalArgumentException(
                    "scopegate.admin.certificate-unit: with scopegate.tls.client-authorities, not without");
        }
        return new AdminSettings(
                true,
                admin.tokenFile().map(Settings::tokens).orElse(AdminTokens::none),
                admin.certificateUnit().orElse(null));
    }

    /** A file that cannot be read stops the start. */
    private static Supplier<AdminTokens> tokens(Path file) {
        AdminTokens.read(file);
        return () -> AdminTokens.read(file);
    }

    @Produces
    @Singleton
    TargetSettings target() {
        ServerConfig.InferenceConfig inference = config.inference();
        if (inference.device() < 0) {
            throw new IllegalArgumentException("scopegate.inference.device: at least 0, not " + inference.device());
        }
        return new TargetSettings(inference.target(), inference.device(), inference.precision() == Precision.FP16);
    }

    @Produces
    @Singleton
    EngineSettings engines() {
        return new EngineSettings(config.inference()
                .engineCache()
                .orElseGet(() -> Path.of(System.getProperty("user.home"), EngineStore.USUAL_PLACE)));
    }

    @Produces
    @Singleton
    OnnxSettings onnx() {
        ServerConfig.InferenceConfig inference = config.inference();
        return new OnnxSettings(
                perProcessor("scopegate.inference.threads", inference.threads()), inference.allowSpinning());
    }
}
