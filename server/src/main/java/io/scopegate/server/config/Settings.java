package io.scopegate.server.config;

import io.scopegate.audit.LogLimits;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.model.SigningKeys;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.engine.Precision;
import io.scopegate.inference.onnx.OnnxSettings;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.server.admission.StreamFrameLimits;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.grpc.AdminSettings;
import io.scopegate.server.grpc.AdminTokens;
import io.scopegate.server.grpc.ConnectionSettings;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.grpc.ServerVersion;
import io.scopegate.server.grpc.ServiceSettings;
import io.scopegate.server.infer.BatchLimits;
import io.scopegate.server.infer.WatchdogSettings;
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

/** Converts the configuration into the settings records of the other packages. */
final class Settings {

    /**
     * Limit of the frames per stream, because their places and the client's credits are allotted before the first
     * frame comes.
     */
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
                Checked.atLeastOne("scopegate.max-streams", config.maxStreams()),
                Checked.atLeastOne("scopegate.stream.answers", stream.answers()),
                stream.deliveryPolicy(),
                frameLimits(stream),
                verdicts(),
                Checked.notNegative("scopegate.drain-time", config.drainTime()));
    }

    /** Reads the version from the configuration, where both the jar and the native executable have it. */
    @Produces
    @Singleton
    ServerVersion version(@ConfigProperty(name = "quarkus.application.version") String built) {
        return new ServerVersion("scopegate-server " + built);
    }

    private int maxMessage() {
        return Math.toIntExact(Checked.bytes("scopegate.max-message", config.maxMessage(), Integer.MAX_VALUE));
    }

    private static StreamFrameLimits frameLimits(ServerConfig.StreamConfig stream) {
        int frames = Checked.atMost(
                MOST_FRAMES, "scopegate.stream.frames", Checked.atLeastOne("scopegate.stream.frames", stream.frames()));
        int unanswered = Checked.atLeast(frames, "scopegate.stream.unanswered", stream.unanswered());
        return new StreamFrameLimits(frames, Checked.atMost(MOST_FRAMES, "scopegate.stream.unanswered", unanswered));
    }

    private VerdictLimits verdicts() {
        ServerConfig.SmoothingConfig smoothing = config.smoothing();
        ServerConfig.FrozenPictureConfig frozen = config.frozenPicture();
        return new VerdictLimits(
                new VerdictPolicy(smoothing.frames(), smoothing.time(), frozen.after()),
                new SmoothingLimits(
                        Checked.atLeast(0, "scopegate.smoothing.least-frames", smoothing.leastFrames()),
                        smoothing.mostFrames(),
                        Checked.notNegative("scopegate.smoothing.least-time", smoothing.leastTime()),
                        Checked.atMost("scopegate.smoothing.most-time", smoothing.mostTime())),
                new FrozenLimits(
                        Checked.notNegative("scopegate.frozen-picture.shortest", frozen.shortest()),
                        Checked.atMost("scopegate.frozen-picture.longest", frozen.longest()),
                        frozen.optional()));
    }

    @Produces
    @Singleton
    AuditSettings audit() {
        return new AuditSettings(config.audit().directory().orElse(null), auditLimits());
    }

    private LogLimits auditLimits() {
        long fileBytes =
                Checked.bytes("scopegate.audit.file-size", config.audit().fileSize(), Long.MAX_VALUE);
        OptionalInt files = config.audit().keepFiles();
        return files.isEmpty()
                ? LogLimits.keepingAll(fileBytes)
                : new LogLimits(fileBytes, Checked.atLeast(2, "scopegate.audit.keep-files", files.getAsInt()));
    }

    @Produces
    @Singleton
    PipelineSettings pipeline() {
        ServerConfig.InferenceConfig inference = config.inference();
        return new PipelineSettings(
                workers(),
                Checked.atLeastOne("scopegate.inference.sessions", inference.sessions()),
                Checked.notNegative("scopegate.inference.batch-wait", inference.batchWait()),
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
                    "scopegate.waiting-pictures: at least scopegate.max-message (" + largest + " bytes), not " + bytes
                            + (config.waitingPictures().isPresent() ? "" : ", which is half of the heap"));
        }
        return bytes;
    }

    private int workers() {
        return perProcessor("scopegate.workers", config.workers());
    }

    /** Returns the value, by default the number of processors. */
    private static int perProcessor(String key, OptionalInt value) {
        return Checked.atLeastOne(key, value.orElse(Runtime.getRuntime().availableProcessors()));
    }

    private FrameLimits frames() {
        return new FrameLimits(
                Checked.atLeastOne("scopegate.max-dimension", config.maxDimension()),
                Checked.atLeastOne("scopegate.max-pixels", config.maxPixels()));
    }

    @Produces
    @Singleton
    ConnectionSettings connections() {
        ServerConfig.ConnectionConfig connection = config.connection();
        return new ConnectionSettings(
                Checked.atLeastOne("scopegate.max-connections", config.maxConnections()),
                new CallShare(
                        Checked.atLeastOne("scopegate.max-streams-per-connection", config.maxStreamsPerConnection()),
                        Checked.atLeastOne("scopegate.max-streams-per-client", config.maxStreamsPerClient())),
                new Times(
                        Checked.positive("scopegate.open-time", config.openTime()),
                        Checked.positive("scopegate.connection.handshake-time", connection.handshakeTime()),
                        Checked.positive("scopegate.connection.ping-interval", connection.pingInterval()),
                        Checked.positive("scopegate.connection.ping-timeout", connection.pingTimeout())),
                config.reflection());
    }

    @Produces
    @Singleton
    WatchdogSettings watchdog() {
        ServerConfig.InferenceConfig inference = config.inference();
        return new WatchdogSettings(
                inference
                        .hangLimit()
                        .map(limit -> Checked.positive("scopegate.inference.hang-limit", limit))
                        .orElse(null),
                Checked.positive("scopegate.inference.canary-interval", inference.canaryInterval()),
                inference.exitOnFault());
    }

    @Produces
    @Singleton
    RepositorySettings models() {
        ServerConfig.ModelConfig model = config.model();
        Integer version = model.version().isPresent()
                ? Checked.version("scopegate.model.version", model.version().getAsInt())
                : null;
        ModelNames names = ModelNames.of(config.servedModels().orElse(List.of()), model.name());
        ReloadSettings reload = reload(model);
        List<ModelSettings> models = new ArrayList<>();
        models.add(new ModelSettings(config.models(), names.first(), version, batchLimits(), reload));
        names.others()
                .forEach(name -> models.add(new ModelSettings(config.models(), name, null, batchLimits(), reload)));
        return new RepositorySettings(models);
    }

    private BatchLimits batchLimits() {
        ServerConfig.InferenceConfig inference = config.inference();
        return new BatchLimits(
                Checked.atLeastOne("scopegate.inference.max-batch", inference.maxBatch()),
                inference.sessions(),
                workers());
    }

    private ReloadSettings reload(ServerConfig.ModelConfig model) {
        return new ReloadSettings(
                Checked.positive("scopegate.model.poll-interval", model.pollInterval()),
                Checked.notNegative("scopegate.model.settle-time", model.settleTime()),
                Checked.factor("scopegate.model.memory-factor", model.memoryFactor()),
                Checked.positive("scopegate.model.load-limit", model.loadLimit()),
                config.modelPublicKey().map(Settings::publicKey).orElse(null),
                config.stateDirectory().orElse(null));
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
        Duration interval = Checked.positive("scopegate.tls.reload-interval", tls.reloadInterval());
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
        return file.orElseThrow(
                () -> new IllegalArgumentException(key + ": required if another scopegate.tls file is set"));
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
                    "scopegate.admin.certificate-unit: requires scopegate.tls.client-authorities");
        }
        return new AdminSettings(
                true,
                admin.tokenFile().map(Settings::tokens).orElse(AdminTokens::none),
                admin.certificateUnit().orElse(null));
    }

    /** Returns a supplier that reads the file anew each time. A file that cannot be read now stops the start. */
    private static Supplier<AdminTokens> tokens(Path file) {
        AdminTokens.read(file);
        return () -> AdminTokens.read(file);
    }

    @Produces
    @Singleton
    TargetSettings target() {
        ServerConfig.InferenceConfig inference = config.inference();
        int device = Checked.atLeast(0, "scopegate.inference.device", inference.device());
        return new TargetSettings(inference.target(), device, inference.precision() == Precision.FP16);
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
