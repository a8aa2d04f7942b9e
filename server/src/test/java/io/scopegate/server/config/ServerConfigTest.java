package io.scopegate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.audit.LogLimits;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.inference.onnx.OnnxSettings;
import io.scopegate.inference.target.RequestedTarget;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.StreamFrameLimits;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.grpc.AdminSettings;
import io.scopegate.server.grpc.ConnectionSettings;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.grpc.ServiceSettings;
import io.scopegate.server.infer.BatchLimits;
import io.scopegate.server.infer.WatchdogSettings;
import io.scopegate.server.model.ModelSettings;
import io.scopegate.server.model.ReloadSettings;
import io.scopegate.server.pipeline.PipelineSettings;
import io.scopegate.server.tls.TlsFiles;
import io.scopegate.server.tls.TlsSettings;
import io.scopegate.server.verdict.VerdictLimits;
import io.scopegate.server.verdict.VerdictLimits.FrozenLimits;
import io.scopegate.server.verdict.VerdictLimits.SmoothingLimits;
import io.scopegate.server.verdict.VerdictPolicy;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads settings from properties: the defaults, every key, and values that have to stop the start. */
class ServerConfigTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @TempDir
    Path directory;

    @Test
    void clientsAreToldWhichVersionWasBuilt() {
        assertThat(new Settings(config(Map.of())).version("1.2.3").text()).isEqualTo("scopegate-server 1.2.3");
    }

    @Test
    void defaultsAreTheseAndNoOthers() {
        Settings settings = new Settings(config(Map.of()));

        assertThat(settings.service())
                .isEqualTo(new ServiceSettings(
                        32 << 20,
                        8192,
                        16,
                        256,
                        DeliveryPolicy.LATEST_WINS,
                        new StreamFrameLimits(4, 32),
                        new VerdictLimits(
                                new VerdictPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(2)),
                                new SmoothingLimits(0, 1000, Duration.ZERO, Duration.ofMinutes(1)),
                                new FrozenLimits(Duration.ofMillis(100), Duration.ofMinutes(1), true)),
                        Duration.ofSeconds(2)));
        assertThat(settings.pipeline())
                .isEqualTo(new PipelineSettings(
                        PROCESSORS,
                        1,
                        Duration.ZERO,
                        new FrameLimits(8192, 8192 * 4320),
                        Runtime.getRuntime().maxMemory() / 2,
                        Runtime.getRuntime().maxMemory() / 4));
        assertThat(settings.models().models())
                .containsExactly(new ModelSettings(
                        Path.of("models"),
                        null,
                        null,
                        new BatchLimits(1, 1, PROCESSORS),
                        new ReloadSettings(
                                Duration.ofSeconds(10), Duration.ofSeconds(1), 3, Duration.ofMinutes(5), null, null)));
        assertThat(settings.audit()).isEqualTo(new AuditSettings(null, LogLimits.keepingAll(16 << 20)));
        assertThat(settings.onnx()).isEqualTo(new OnnxSettings(PROCESSORS, false));
        assertThat(settings.target()).isEqualTo(new TargetSettings(RequestedTarget.AUTO, 0, true));
        assertThat(settings.engines().directory())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/scopegate/engines"));
        assertThat(settings.admin()).isSameAs(AdminSettings.OFF);
        assertThat(settings.connections())
                .isEqualTo(new ConnectionSettings(
                        64,
                        new CallShare(16, 16),
                        new Times(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2)),
                        false));
        assertThat(settings.tls()).isEqualTo(new TlsSettings(null, Duration.ofSeconds(5)));
        assertThat(settings.watchdog()).isEqualTo(new WatchdogSettings(null, Duration.ofSeconds(5), false));
    }

    @Test
    void everyKeyIsApplied() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path publicKey = Files.writeString(directory.resolve("key.pem"), pem(keys));
        Path tokens = Files.writeString(directory.resolve("tokens"), "0123456789abcdef");
        Map<String, String> values = Map.ofEntries(
                Map.entry("scopegate.models", "/srv/models"),
                Map.entry("scopegate.served-models", "smoke,inbody"),
                Map.entry("scopegate.model.name", "inbody"),
                Map.entry("scopegate.model.version", "7"),
                Map.entry("scopegate.model.poll-interval", "3s"),
                Map.entry("scopegate.model.settle-time", "200ms"),
                Map.entry("scopegate.model.memory-factor", "1.5"),
                Map.entry("scopegate.model.load-limit", "90s"),
                Map.entry("scopegate.model-public-key", publicKey.toString()),
                Map.entry("scopegate.state-directory", "/var/lib/scopegate"),
                Map.entry("scopegate.admin.enabled", "true"),
                Map.entry("scopegate.admin.token-file", tokens.toString()),
                Map.entry("scopegate.admin.certificate-unit", "operators"),
                Map.entry("scopegate.tls.certificate", "/tls/server.crt"),
                Map.entry("scopegate.tls.key", "/tls/server.key"),
                Map.entry("scopegate.tls.client-authorities", "/tls/clients.crt"),
                Map.entry("scopegate.tls.reload-interval", "30s"),
                Map.entry("scopegate.max-message", "1K"),
                Map.entry("scopegate.waiting-pictures", "2K"),
                Map.entry("scopegate.max-dimension", "100"),
                Map.entry("scopegate.max-pixels", "2000"),
                Map.entry("scopegate.max-streams", "3"),
                Map.entry("scopegate.max-streams-per-connection", "4"),
                Map.entry("scopegate.max-streams-per-client", "5"),
                Map.entry("scopegate.max-connections", "6"),
                Map.entry("scopegate.open-time", "7s"),
                Map.entry("scopegate.connection.handshake-time", "8s"),
                Map.entry("scopegate.connection.ping-interval", "9s"),
                Map.entry("scopegate.connection.ping-timeout", "11s"),
                Map.entry("scopegate.reflection", "true"),
                Map.entry("scopegate.drain-time", "5s"),
                Map.entry("scopegate.workers", "9"),
                Map.entry("scopegate.inference.threads", "5"),
                Map.entry("scopegate.inference.sessions", "3"),
                Map.entry("scopegate.inference.max-batch", "16"),
                Map.entry("scopegate.inference.batch-wait", "4ms"),
                Map.entry("scopegate.inference.hang-limit", "2s"),
                Map.entry("scopegate.inference.canary-interval", "20s"),
                Map.entry("scopegate.inference.exit-on-fault", "true"),
                Map.entry("scopegate.inference.target", "cuda"),
                Map.entry("scopegate.inference.device", "1"),
                Map.entry("scopegate.inference.precision", "fp32"),
                Map.entry("scopegate.inference.engine-cache", "/var/cache/engines"),
                Map.entry("scopegate.inference.allow-spinning", "true"),
                Map.entry("scopegate.stream.delivery-policy", "block"),
                Map.entry("scopegate.stream.frames", "6"),
                Map.entry("scopegate.stream.unanswered", "60"),
                Map.entry("scopegate.stream.answers", "600"),
                Map.entry("scopegate.smoothing.frames", "5"),
                Map.entry("scopegate.smoothing.time", "6s"),
                Map.entry("scopegate.smoothing.least-frames", "4"),
                Map.entry("scopegate.smoothing.most-frames", "7"),
                Map.entry("scopegate.smoothing.least-time", "3s"),
                Map.entry("scopegate.smoothing.most-time", "8s"),
                Map.entry("scopegate.frozen-picture.after", "9s"),
                Map.entry("scopegate.frozen-picture.shortest", "2s"),
                Map.entry("scopegate.frozen-picture.longest", "10s"),
                Map.entry("scopegate.frozen-picture.optional", "false"),
                Map.entry("scopegate.audit.directory", "/var/log/scopegate"),
                Map.entry("scopegate.audit.file-size", "1M"),
                Map.entry("scopegate.audit.keep-files", "3"),
                Map.entry("scopegate.native.path", "/opt/scopegate/lib"),
                Map.entry("scopegate.jpeg.decoder", "imageio"));
        Settings settings = new Settings(config(values));

        assertThat(values).containsOnlyKeys(ConfigurationPage.keys().keySet());
        assertThat(settings.service())
                .isEqualTo(new ServiceSettings(
                        1024,
                        100,
                        3,
                        600,
                        DeliveryPolicy.BLOCK,
                        new StreamFrameLimits(6, 60),
                        new VerdictLimits(
                                new VerdictPolicy(5, Duration.ofSeconds(6), Duration.ofSeconds(9)),
                                new SmoothingLimits(4, 7, Duration.ofSeconds(3), Duration.ofSeconds(8)),
                                new FrozenLimits(Duration.ofSeconds(2), Duration.ofSeconds(10), false)),
                        Duration.ofSeconds(5)));
        assertThat(settings.pipeline())
                .isEqualTo(new PipelineSettings(
                        9,
                        3,
                        Duration.ofMillis(4),
                        new FrameLimits(100, 2000),
                        2048,
                        Runtime.getRuntime().maxMemory() / 4));
        ReloadSettings reload = new ReloadSettings(
                Duration.ofSeconds(3),
                Duration.ofMillis(200),
                1.5,
                Duration.ofSeconds(90),
                keys.getPublic(),
                Path.of("/var/lib/scopegate"));
        BatchLimits batchLimits = new BatchLimits(16, 3, 9);
        assertThat(settings.models().models())
                .containsExactly(
                        new ModelSettings(Path.of("/srv/models"), "inbody", 7, batchLimits, reload),
                        new ModelSettings(Path.of("/srv/models"), "smoke", null, batchLimits, reload));
        assertThat(settings.audit())
                .isEqualTo(new AuditSettings(Path.of("/var/log/scopegate"), new LogLimits(1 << 20, 3)));
        assertThat(settings.engines()).isEqualTo(new EngineSettings(Path.of("/var/cache/engines")));
        assertThat(settings.target()).isEqualTo(new TargetSettings(RequestedTarget.CUDA, 1, false));
        assertThat(settings.onnx()).isEqualTo(new OnnxSettings(5, true));
        assertThat(settings.admin().enabled()).isTrue();
        assertThat(settings.admin().certificateUnit()).isEqualTo("operators");
        Files.writeString(tokens, "short");
        assertThatThrownBy(() -> settings.admin().tokens().get()).hasMessageContaining(tokens.toString());
        assertThat(settings.connections())
                .isEqualTo(new ConnectionSettings(
                        6,
                        new CallShare(4, 5),
                        new Times(
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(11)),
                        true));
        assertThat(settings.tls())
                .isEqualTo(new TlsSettings(
                        new TlsFiles(
                                Path.of("/tls/server.crt"), Path.of("/tls/server.key"), Path.of("/tls/clients.crt")),
                        Duration.ofSeconds(30)));
        assertThat(settings.watchdog())
                .isEqualTo(new WatchdogSettings(Duration.ofSeconds(2), Duration.ofSeconds(20), true));
    }

    @Test
    void theAuditLogOfABoxAsInstalledDoesNotFillItsDisk() throws Exception {
        Path installed = Path.of("..", "deploy", "jetson", "scopegate.properties");
        Settings settings =
                new Settings(config(new PropertiesConfigSource(installed.toUri().toURL(), 100)));

        assertThat(settings.audit())
                .isEqualTo(new AuditSettings(Path.of("/var/log/scopegate"), new LogLimits(16 << 20, 256)));
    }

    @Test
    void aPublicKeyThatCannotBeReadStopsTheStart() {
        Settings settings = new Settings(config(Map.of("scopegate.model-public-key", directory + "/none.pem")));

        assertThatThrownBy(settings::models)
                .hasMessageContaining("scopegate.model-public-key: ")
                .hasMessageContaining("none.pem: cannot be read");
    }

    @Test
    void adminThatNobodyMayUseStopsTheStart() {
        Settings settings = new Settings(config(Map.of("scopegate.admin.enabled", "true")));

        assertThatThrownBy(settings::admin)
                .hasMessageContaining("scopegate.admin.enabled: true requires scopegate.admin.token-file or");
    }

    @Test
    void adminByCertificatesThatNobodyIsAskedForStopsTheStart() {
        Settings settings = new Settings(
                config(Map.of("scopegate.admin.enabled", "true", "scopegate.admin.certificate-unit", "operators")));

        assertThatThrownBy(settings::admin)
                .hasMessageContaining("scopegate.admin.certificate-unit: requires scopegate.tls.client-authorities");
    }

    @Test
    void halfOfTlsStopsTheStart() {
        Settings withoutKey = new Settings(config(Map.of("scopegate.tls.certificate", "server.crt")));
        Settings withoutCertificate = new Settings(config(Map.of("scopegate.tls.client-authorities", "clients.crt")));

        assertThatThrownBy(withoutKey::tls).hasMessageContaining("scopegate.tls.key: required if");
        assertThatThrownBy(withoutCertificate::tls).hasMessageContaining("scopegate.tls.certificate: required if");
    }

    @Test
    void unsupportedSecurityKeyStopsTheStart() {
        Map<String, String> heeded = Map.of("quarkus.http.ssl.client-auth", "none");
        Map<String, String> unheeded = Map.of("quarkus.http.ssl.client-auth", "required");

        assertThatCode(() -> IneffectiveKeys.refuse(sources(heeded))).doesNotThrowAnyException();
        assertThatThrownBy(() -> IneffectiveKeys.refuse(sources(unheeded)))
                .hasMessageContaining("quarkus.http.ssl.client-auth: not supported");
    }

    @Test
    void unsupportedSecurityKeyOfAProfileStopsTheStart() {
        assertThatThrownBy(
                        () -> IneffectiveKeys.refuse(sources(Map.of("%prod.quarkus.http.ssl.client-auth", "required"))))
                .hasMessageContaining("quarkus.http.ssl.client-auth: not supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scopegate.tls.certificate",
                "scopegate.tls.key",
                "scopegate.tls.client-authorities",
                "scopegate.model-public-key",
                "scopegate.audit.directory",
                "scopegate.admin.token-file",
                "scopegate.admin.certificate-unit"
            })
    void protectionThatIsEmptyStopsTheStart(String key) {
        assertThatThrownBy(() -> IneffectiveKeys.refuse(sources(Map.of(key, ""))))
                .hasMessage(key + ": must not be empty; set a value or remove the key");
        assertThatThrownBy(() -> IneffectiveKeys.refuse(sources(Map.of(key, " "))))
                .hasMessage(key + ": must not be empty; set a value or remove the key");
        assertThatCode(() -> IneffectiveKeys.refuse(sources(Map.of(key, "x")))).doesNotThrowAnyException();
    }

    @Test
    void aPollIntervalOfNothingStopsTheStart() {
        Settings settings = new Settings(config(Map.of("scopegate.model.poll-interval", "0s")));

        assertThatThrownBy(settings::models).hasMessageContaining("scopegate.model.poll-interval: more than 0");
    }

    @Test
    void servedModelsKeepTheirConfiguredOrder() {
        Settings settings = new Settings(config(Map.of("scopegate.served-models", "inbody,smoke")));

        assertThat(settings.models().models()).extracting(ModelSettings::name).containsExactly("inbody", "smoke");
    }

    @Test
    void servedModelsThatCannotBeMeantStopTheStart() {
        assertThatServedModelsAreRefused("../inbody", null, "names of 1 to 64 characters of [A-Za-z0-9._-], not ..");
        assertThatServedModelsAreRefused("inbody,inbody", null, "duplicate name in [inbody, inbody]");
        assertThatServedModelsAreRefused(
                "inbody,smoke", "other", "must include other, which is scopegate.model.name, not only [inbody, smoke]");
    }

    private static void assertThatServedModelsAreRefused(String served, @Nullable String first, String message) {
        Map<String, String> values = new HashMap<>(Map.of("scopegate.served-models", served));
        if (first != null) {
            values.put("scopegate.model.name", first);
        }

        assertThatThrownBy(() -> new Settings(config(values)).models())
                .hasMessageContaining("scopegate.served-models: " + message);
    }

    @Test
    void noInferenceThreadAndNoFrameInARunStopTheStart() {
        Settings noSession = new Settings(config(Map.of("scopegate.inference.sessions", "0")));
        Settings noFrame = new Settings(config(Map.of("scopegate.inference.max-batch", "0")));

        assertThatThrownBy(noSession::pipeline).hasMessage("scopegate.inference.sessions: at least 1, not 0");
        assertThatThrownBy(noFrame::models).hasMessage("scopegate.inference.max-batch: at least 1, not 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scopegate.workers               | 0    | at least 1, not 0
            scopegate.workers               | -1   | at least 1, not -1
            scopegate.inference.threads     | 0    | at least 1, not 0
            scopegate.inference.batch-wait  | -1ms | at least 0, not PT-0.001S
            scopegate.max-streams           | 0    | at least 1, not 0
            scopegate.max-message           | 0    | 1 to 2147483647 bytes, not 0
            scopegate.max-message           | 2G   | 1 to 2147483647 bytes, not 2147483648
            scopegate.audit.file-size       | 0    | 1 to 9223372036854775807 bytes, not 0
            scopegate.audit.keep-files      | 1    | at least 2, not 1
            scopegate.stream.answers        | 0    | at least 1, not 0
            scopegate.stream.answers        | -1   | at least 1, not -1
            scopegate.stream.frames         | 0    | at least 1, not 0
            scopegate.stream.unanswered     | 3    | at least 4, not 3
            scopegate.stream.frames         | 2147483647 | at most 65536, not 2147483647
            scopegate.stream.unanswered     | 2147483647 | at most 65536, not 2147483647
            scopegate.open-time             | 3000000h | at most PT876000H, not PT3000000H
            scopegate.connection.handshake-time | 3000000h | at most PT876000H, not PT3000000H
            scopegate.drain-time            | 3000000h | at most PT876000H, not PT3000000H
            scopegate.smoothing.most-time   | 3000000h | at most PT876000H, not PT3000000H
            scopegate.smoothing.least-frames | -1   | at least 0, not -1
            scopegate.smoothing.least-time  | -1s  | at least 0, not PT-1S
            scopegate.frozen-picture.shortest | -1s | at least 0, not PT-1S
            scopegate.frozen-picture.longest | 3000000h | at most PT876000H, not PT3000000H
            scopegate.drain-time            | -1s  | at least 0, not PT-1S
            scopegate.model.version         | 0    | 1 to 999999999, not 0
            scopegate.model.version         | 1000000000 | 1 to 999999999, not 1000000000
            scopegate.model.settle-time     | -1s  | at least 0, not PT-1S
            scopegate.model.memory-factor   | NaN  | a number of at least 0, not NaN
            scopegate.model.memory-factor   | -1   | a number of at least 0, not -1.0
            scopegate.model.name            | ../x | 1 to 64 characters of [A-Za-z0-9._-], not ../x
            """)
    void aValueThatMeansNothingStopsTheStartAndIsNamed(String key, String value, String message) {
        Settings settings = new Settings(config(Map.of(key, value)));

        assertThatThrownBy(() -> readAll(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(key + ": " + message);
    }

    @Test
    void zeroIsAllowedWhereItMeansNone() {
        Map<String, String> zeros = Map.of(
                "scopegate.inference.batch-wait", "0s",
                "scopegate.drain-time", "0s",
                "scopegate.model.settle-time", "0s",
                "scopegate.model.memory-factor", "0");

        assertThatCode(() -> readAll(new Settings(config(zeros)))).doesNotThrowAnyException();
    }

    private static void readAll(Settings settings) {
        settings.service();
        settings.pipeline();
        settings.models();
        settings.audit();
        settings.onnx();
        settings.connections();
    }

    @Test
    void memorySizeOverLongMaxIsCappedAtLongMax() {
        Settings settings = new Settings(config(Map.of("scopegate.waiting-pictures", "9223372036854775808")));

        assertThat(settings.pipeline().waitingPictures()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLimitOfNothingStopsTheStart() {
        Settings connections = new Settings(config(Map.of("scopegate.max-connections", "0")));
        Settings frames = new Settings(config(Map.of("scopegate.max-pixels", "-1")));

        assertThatThrownBy(connections::connections).hasMessage("scopegate.max-connections: at least 1, not 0");
        assertThatThrownBy(frames::pipeline).hasMessage("scopegate.max-pixels: at least 1, not -1");
    }

    @Test
    void anUnknownKeyStopsTheStart() {
        assertThatThrownBy(() -> config(Map.of("scopegate.max-streems", "3")))
                .hasMessageContaining("scopegate.max-streems");
    }

    @Test
    void anEnvironmentVariableIsReadAndOneThatIsNoKeyLeftAlone() {
        Map<String, String> environment = Map.of("SCOPEGATE_MAX_STREAMS", "3", "SCOPEGATE_CACHE", "/var/cache");

        Settings settings = new Settings(config(new EnvConfigSource(environment, 300)));

        assertThat(settings.service().maxStreams()).isEqualTo(3);
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
    }

    private static SmallRyeConfig sources(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }

    static ServerConfig config(Map<String, String> properties) {
        return config(new PropertiesConfigSource(properties, "test", 100));
    }

    private static ServerConfig config(ConfigSource source) {
        return new SmallRyeConfigBuilder()
                .withMapping(ServerConfig.class)
                .withConverter(
                        io.quarkus.runtime.configuration.MemorySize.class,
                        100,
                        new io.quarkus.runtime.configuration.MemorySizeConverter())
                .withConverter(Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .withSources(source)
                .build()
                .getConfigMapping(ServerConfig.class);
    }
}
