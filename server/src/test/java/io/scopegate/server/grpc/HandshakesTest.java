package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.telemetry.HandshakeMetrics;
import io.scopegate.server.testing.Authority;
import io.scopegate.server.testing.Authority.Identity;
import io.scopegate.server.testing.Certificates;
import io.scopegate.server.testing.HealthCheck;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.Served;
import io.scopegate.server.tls.ServerTls;
import io.scopegate.server.tls.TlsFiles;
import io.scopegate.server.tls.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that connections that mutual TLS refuses are counted by reason and logged with one line each. Those that merely
 * close or are reset are only counted.
 */
class HandshakesTest {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final Authority OURS = new Authority("ours");
    private static final Authority FOREIGN = new Authority("foreign");
    private static final Duration LONG = Duration.ofHours(1);
    private static final ConnectionSettings CONNECTIONS =
            new ConnectionSettings(2, new CallShare(8, 8), new Times(LONG, LONG, LONG, LONG), false);

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LogLines log = new LogLines(Handshakes.class);
    private Server server;

    @BeforeEach
    void start() throws IOException {
        Certificates files = new Certificates(directory);
        files.use(OURS);
        ServerTls tls = new ServerTls(
                new TlsSettings(new TlsFiles(files.certificate(), files.key(), files.clientAuthorities()), LONG),
                ServerClock.system());
        server = NettyServerBuilder.forPort(0)
                .protocolNegotiator(new WatchedConnections(
                        tls.context(), CONNECTIONS, new Handshakes(new HandshakeMetrics(registry), System::nanoTime)))
                .addTransportFilter(new Connections(CONNECTIONS, ServerClock.system()))
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination();
        log.close();
    }

    @Test
    void missingClientCertificateIsCountedAndLogged() {
        call(Certificates.client(OURS, null));

        assertRefused("no_certificate", "the client sent no certificate");
    }

    @Test
    void expiredClientCertificateIsCountedAndLogged() {
        call(client(OURS.issueExpired("CN=camera")));

        assertRefused("certificate_expired", "the client's certificate is not valid now: NotAfter: ");
    }

    @Test
    void untrustedClientCertificateIsCountedAndLogged() {
        call(client(new Authority("ours").issue("CN=camera")));

        assertRefused("certificate_untrusted", "not issued by an authority in scopegate.tls.client-authorities");
    }

    @Test
    void clientWithOnlyAForeignCertificateCountsAsNoCertificate() {
        call(client(FOREIGN.issue("CN=camera")));

        assertRefused("no_certificate", "it needs one issued by an authority in scopegate.tls.client-authorities");
    }

    @Test
    void clientThatRejectsTheServerCertificateIsCountedAndLogged() {
        call(Certificates.client(FOREIGN, OURS.issue("CN=camera")));

        assertRefused("refused_by_client", "does not trust the server's certificate");
    }

    @Test
    void plainTextClientIsCountedAndLogged() {
        call(InsecureChannelCredentials.create());

        assertRefused("plain_text", "the client sent plain text, and this port requires TLS");
    }

    @Test
    void aConnectionThatIsClosedAtOnceIsCountedOnly() throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), server.getPort()).close();

        Served.await(() -> count("closed") == 1);
        assertThat(log.containing("TLS")).isEmpty();
    }

    @Test
    void aConnectionThatIsResetIsCountedOnly() throws IOException {
        Socket probe = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        probe.setSoLinger(true, 0);
        probe.close();

        Served.await(() -> count("closed") == 1);
        assertThat(log.containing("TLS")).isEmpty();
    }

    @Test
    void clientWithoutHttp2IsCountedAndLogged() throws Exception {
        Identity camera = OURS.issue("CN=camera");
        SSLContext context = Certificates.withoutHttp2(OURS, camera);
        try (Socket browser =
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.getPort())) {
            ((SSLSocket) browser).startHandshake();

            assertRefused("protocol", "no TLS version, cipher or protocol in common");
        }
    }

    @Test
    void acceptedClientCountsNoHandshakeFailure() {
        assertThat(call(client(OURS.issue("CN=camera")))).isEqualTo(Status.Code.OK);

        assertThat(countOfAll()).isZero();
    }

    @Test
    void connectionThatBreaksAfterItsHandshakeCountsNoFailure() throws Exception {
        try (Socket link = link();
                SSLSocket camera = camera(link)) {
            // The server sends the first bytes once it has let the client in.
            assertThat(camera.getInputStream().read()).isNotNegative();

            link.getOutputStream().write("none of TLS".getBytes(StandardCharsets.US_ASCII));

            awaitEnd(link);
        }
        assertThat(countOfAll()).isZero();
    }

    private Socket link() throws IOException {
        Socket link = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        link.setSoTimeout(PATIENCE_MILLIS);
        return link;
    }

    private static SSLSocket camera(Socket link) throws IOException {
        SSLContext context = Certificates.withoutHttp2(OURS, OURS.issue("CN=camera"));
        SSLSocket camera = (SSLSocket) context.getSocketFactory()
                .createSocket(link, link.getInetAddress().getHostAddress(), link.getPort(), true);
        SSLParameters http2 = camera.getSSLParameters();
        http2.setApplicationProtocols(new String[] {"h2"});
        camera.setSSLParameters(http2);
        return camera;
    }

    /** Waits until the server has closed the connection. */
    private static void awaitEnd(Socket connection) throws IOException {
        int next = 0;
        while (next >= 0) {
            try {
                next = connection.getInputStream().read();
            } catch (SocketException e) {
                // The server closed the connection before it had read everything.
                next = -1;
            }
        }
    }

    private double countOfAll() {
        return registry.getMeters().stream()
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }

    private void assertRefused(String reason, String text) {
        Served.await(() -> count(reason) >= 1);
        assertThat(log.containing(text)).isNotEmpty();
        assertThat(log.containing("TLS handshake with /127.0.0.1:")).hasSameSizeAs(log.containing(text));
    }

    private double count(String reason) {
        return registry.get("scopegate.tls.handshakes.failed")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static ChannelCredentials client(Identity identity) {
        return Certificates.client(OURS, identity);
    }

    private Status.Code call(ChannelCredentials credentials) {
        return HealthCheck.on(Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), credentials)
                .build());
    }
}
