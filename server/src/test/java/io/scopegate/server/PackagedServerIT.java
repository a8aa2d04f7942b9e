package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import io.scopegate.audit.AuditVerification;
import io.scopegate.bundle.model.ManifestSignature;
import io.scopegate.proto.v1.AdminGrpc;
import io.scopegate.proto.v1.AdminGrpc.AdminBlockingStub;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.FrameAnswer;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.ModelVersion;
import io.scopegate.proto.v1.Outcome;
import io.scopegate.proto.v1.PinModelRequest;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.proto.v1.Plane;
import io.scopegate.proto.v1.RawPicture;
import io.scopegate.proto.v1.StreamAccepted;
import io.scopegate.proto.v1.UnpinModelRequest;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.testing.Authority;
import io.scopegate.server.testing.Certificates;
import io.scopegate.server.testing.PackagedServer;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedAdmin;
import io.scopegate.server.testing.StreamClient;
import io.scopegate.server.testing.TinyModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the packaged server, jar or native executable: the command in the system property {@code packaged.server}. */
class PackagedServerIT {

    private static final BufferedImage SPOT = Pictures.spot(320, 240);

    @TempDir
    private static Path directory;

    private static KeyPair keys;
    private static PackagedServer server;

    @BeforeAll
    static void start() throws Exception {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        publish(1);
        server = PackagedServer.start(
                Map.of(
                        "scopegate.models", models().toString(),
                        "scopegate.model.settle-time", "50ms",
                        "scopegate.model-public-key", publicKey().toString(),
                        "scopegate.admin.enabled", "true",
                        "scopegate.admin.token-file", tokens().toString(),
                        "scopegate.audit.directory", directory.resolve("audit").toString()),
                directory.resolve("server.log"));
    }

    @AfterAll
    static void whenItHasDrainedItsAuditLogIsWhole() throws Exception {
        server.close();

        assertThat(AuditVerification.of(directory.resolve("audit"))).isInstanceOf(AuditVerification.Whole.class);
    }

    @Test
    void jpegAndPngGetTheSameVerdictAndGarbageIsRejected() throws Exception {
        StreamClient stream = StreamClient.on(server.channel());
        StreamAccepted accepted = stream.open(StreamClient.jpegs());

        FrameAnswer jpeg = stream.classify(StreamClient.frame(1, Pictures.jpeg(SPOT)));
        FrameAnswer png = stream.classify(
                StreamClient.frame(2, Pictures.png(SPOT)).setFormat(format(PixelFormat.PIXEL_FORMAT_PNG)));
        FrameAnswer raw = stream.classify(rgb(3, SPOT));
        FrameAnswer noPicture = stream.classify(StreamClient.frame(4, new byte[100]));

        assertThat(accepted.getServer()).matches("scopegate-server \\d+\\.\\d+\\.\\d+.*");
        assertThat(jpeg.getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(png.getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(raw.getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(noPicture.getOutcome()).isEqualTo(Outcome.OUTCOME_REJECTED);
        assertThat(server.page("/q/health/live")).contains("libjpeg-turbo");
        assertThat(server.page("/q/health/started")).contains("\"name\": \"start\"", "\"status\": \"UP\"");
    }

    @Test
    void aHealthPageWithoutAnyCheckIsNotUp() {
        assertThat(server.page("/q/health/group/readi"))
                .contains("no such health page")
                .doesNotContain("UP");
        assertThat(server.page("/q/health/well")).contains("no such health page");
        assertThat(server.page("/q/health")).contains("\"name\": \"model\"");
    }

    @Test
    void aSignedVersionIsTakenUpAndAnUnsignedOneIsNot() throws Exception {
        publish(2);
        TinyModel.version(3).publish(models());
        Served.await(() -> server.page("/q/health/ready").contains("quarantined tiny/3"));
        Served.await(() -> server.page("/q/health/ready").contains("\"version\": 2"));

        assertThat(server.page("/q/health/ready")).contains("manifest.sig: a signature, not absent");
    }

    @Test
    void theHolderOfATokenPinsAVersionAndNobodyElseDoes() {
        ModelVersion first =
                ModelVersion.newBuilder().setName("tiny").setVersion(1).build();

        assertThat(admin(ServedAdmin.TOKEN)
                        .pinModel(PinModelRequest.newBuilder().setModel(first).build())
                        .getPinned(0))
                .isEqualTo(first);
        admin(ServedAdmin.TOKEN).unpinModel(UnpinModelRequest.getDefaultInstance());

        assertThatThrownBy(() -> admin("another-token").listModels(ListModelsRequest.getDefaultInstance()))
                .hasMessageContaining("PERMISSION_DENIED");
    }

    @Test
    void healthAndMetricsAreTold() throws Exception {
        StreamClient stream = StreamClient.on(server.channel());
        stream.open(StreamClient.jpegs());
        stream.classify(StreamClient.frame(1, Pictures.jpeg(SPOT)));

        var health = HealthGrpc.newBlockingStub(server.channel())
                .check(HealthCheckRequest.newBuilder().setService("model/tiny").build());

        assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(server.page("/q/metrics")).contains("scopegate_frames_total", "scopegate_model_served");
    }

    @Test
    void imageIoDecodesWhereItIsAskedFor() throws Exception {
        Map<String, String> settings =
                Map.of("scopegate.models", models().toString(), "scopegate.jpeg.decoder", "imageio");
        try (PackagedServer fallback = PackagedServer.start(settings, directory.resolve("imageio.log"))) {
            StreamClient stream = StreamClient.on(fallback.channel());
            stream.open(StreamClient.jpegs());

            FrameAnswer answer = stream.classify(StreamClient.frame(1, Pictures.jpeg(SPOT)));

            assertThat(answer.getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
            assertThat(fallback.page("/q/health/live")).contains("ImageIO");
        }
    }

    @Test
    void mutualTlsAcceptsOnlyClientsWithACertificate() throws Exception {
        Authority authority = new Authority("devices");
        Certificates files = new Certificates(Files.createDirectories(directory.resolve("tls")));
        files.use(authority);
        Map<String, String> settings = Map.of(
                "scopegate.models", models().toString(),
                "scopegate.tls.certificate", files.certificate().toString(),
                "scopegate.tls.key", files.key().toString(),
                "scopegate.tls.client-authorities", files.clientAuthorities().toString());
        try (PackagedServer secured = PackagedServer.start(settings, directory.resolve("tls.log"))) {
            ManagedChannel camera = secured.channel(Certificates.client(authority, authority.issue("CN=camera")));
            ManagedChannel stranger = secured.channel(Certificates.client(authority, null));
            StreamClient stream = StreamClient.on(camera);
            stream.open(StreamClient.jpegs());

            assertThat(stream.classify(StreamClient.frame(1, Pictures.jpeg(SPOT)))
                            .getVerdict())
                    .isEqualTo(Verdict.VERDICT_IN_BODY);
            assertThatThrownBy(
                            () -> HealthGrpc.newBlockingStub(stranger).check(HealthCheckRequest.getDefaultInstance()))
                    .hasMessageContaining("UNAVAILABLE");
            assertThat(secured.page("/q/health/ready")).contains("mutual TLS", "validUntil");
            assertThat(secured.page("/q/metrics")).contains("scopegate_tls_valid_seconds");
            camera.shutdownNow();
            stranger.shutdownNow();
        }
    }

    @Test
    void onnxRuntimeKeepsNoTelemetry() throws Exception {
        StreamClient stream = StreamClient.on(server.channel());
        stream.open(StreamClient.jpegs());

        stream.classify(StreamClient.frame(1, Pictures.jpeg(SPOT)));

        // Where it would keep an identifier of the device and what it is about to send.
        assertThat(directory.resolve("cache")).doesNotExist();
    }

    private static FrameFormat format(PixelFormat pixels) {
        return FrameFormat.newBuilder().setPixelFormat(pixels).build();
    }

    private static Frame.Builder rgb(long id, BufferedImage picture) {
        return Frame.newBuilder()
                .setFrameId(id)
                .setFormat(FrameFormat.newBuilder()
                        .setPixelFormat(PixelFormat.PIXEL_FORMAT_RGB8)
                        .setWidth(picture.getWidth())
                        .setHeight(picture.getHeight()))
                .setRaw(RawPicture.newBuilder()
                        .addPlanes(Plane.newBuilder().setData(ByteString.copyFrom(Pictures.rgb(picture)))));
    }

    private static AdminBlockingStub admin(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return AdminGrpc.newBlockingStub(server.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Path models() {
        return directory.resolve("models");
    }

    private static void publish(int version) throws IOException {
        Files.createDirectories(models());
        Path beside = directory.resolve("unsigned-" + version);
        Files.createDirectories(beside);
        TinyModel.version(version).publish(beside);
        ManifestSignature.sign(beside.resolve("tiny/" + version), keys.getPrivate());
        Files.createDirectories(models().resolve("tiny"));
        Files.move(beside.resolve("tiny/" + version), models().resolve("tiny/" + version));
    }

    private static Path publicKey() throws IOException {
        String der = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        return Files.writeString(
                directory.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n" + der + "\n-----END PUBLIC KEY-----\n");
    }

    private static Path tokens() throws IOException {
        return Files.writeString(directory.resolve("tokens"), ServedAdmin.TOKEN + " tester\n");
    }
}
