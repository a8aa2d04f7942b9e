package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.AdminGrpc;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.Authority;
import io.scopegate.server.testing.Authority.Identity;
import io.scopegate.server.testing.Certificates;
import io.scopegate.server.testing.HealthCheck;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedMutualTls;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests, over mutual TLS, what the choice between Quarkus's two gRPC servers depends on: cancellation, a peer that
 * vanishes, deadlines, the text for an oversize message, rotation of certificates, and who may do what.
 */
@QuarkusTest
@TestProfile(ServedMutualTls.class)
class TransportEndpointTest {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(320, 240));

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    @Inject
    OpenCalls calls;

    private final Authority authority = new Authority("authority");
    private final List<ManagedChannel> channels = new ArrayList<>();

    @BeforeEach
    void rotate() {
        Served.awaitModel(models);
        use(authority);
    }

    @AfterEach
    void disconnect() {
        channels.forEach(ManagedChannel::shutdownNow);
        Served.await(() -> calls.count() == 0);
    }

    @Test
    void aRotationInterruptsNoStreamAndLetsInNobodyWithoutACertificate() throws Exception {
        StreamClient stream = StreamClient.on(channel(authority, authority.issue("CN=camera, OU=devices")));
        stream.open(StreamClient.jpegs());
        assertThat(health(authority, null)).isEqualTo(Status.Code.UNAVAILABLE);

        Authority next = new Authority("next");
        use(next);

        assertThat(stream.classify(StreamClient.frame(1, SPOT)).getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        assertThat(health(next, null)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(health(next, authority.issue("CN=camera"))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(health(next, next.issue("CN=camera"))).isEqualTo(Status.Code.OK);
    }

    @Test
    void cancelledStreamIsFreedAndOtherStreamsStayServed() throws Exception {
        ManagedChannel channel = channel(authority, authority.issue("CN=camera"));
        StreamClient cancelled = StreamClient.on(channel);
        StreamClient neighbour = StreamClient.on(channel);
        cancelled.open(StreamClient.jpegs());
        neighbour.open(StreamClient.jpegs());

        cancelled.send(StreamClient.frame(1, SPOT));
        cancelled.cancel();

        Served.await(() -> calls.count() == 1);
        assertThat(neighbour.classify(StreamClient.frame(1, SPOT)).getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
    }

    @Test
    void vanishedPeerIsDetectedAndOtherStreamsStayServed() throws Exception {
        NioEventLoopGroup itsThread = new NioEventLoopGroup(1);
        ManagedChannel vanishing = NettyChannelBuilder.forTarget(
                        target(), Certificates.client(authority, authority.issue("CN=camera")))
                .channelType(NioSocketChannel.class)
                .eventLoopGroup(itsThread)
                .build();
        channels.add(vanishing);
        StreamClient other = StreamClient.on(channel(authority, authority.issue("CN=other")));
        StreamClient.on(vanishing).open(StreamClient.jpegs());
        other.open(StreamClient.jpegs());
        CountDownLatch back = new CountDownLatch(1);

        itsThread.execute(() -> await(back));

        Served.await(() -> calls.count() == 1);
        assertThat(other.classify(StreamClient.frame(1, SPOT)).getVerdict()).isEqualTo(Verdict.VERDICT_IN_BODY);
        back.countDown();
        itsThread.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    /**
     * The client does not know of the deadline of two seconds, since it only sends its header. An open stream therefore
     * ends because the server resets it.
     */
    @Test
    void expiredDeadlineEndsTheCallOnTheServer() throws Exception {
        Metadata timeout = new Metadata();
        timeout.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), "2S");
        StreamClient stream = StreamClient.on(ClientInterceptors.intercept(
                channel(authority, authority.issue("CN=camera")), MetadataUtils.newAttachHeadersInterceptor(timeout)));
        stream.open(StreamClient.jpegs());
        assertThat(calls.count()).isOne();

        assertThat(stream.end().getCode()).isEqualTo(Status.Code.CANCELLED);
        Served.await(() -> calls.count() == 0);
    }

    @Test
    void aMessageOverTheLimitIsToldItsSizeAndTheLimit() throws Exception {
        StreamClient stream = StreamClient.on(channel(authority, authority.issue("CN=camera")));
        stream.open(StreamClient.jpegs());

        stream.send(StreamClient.frame(1, new byte[2 << 20]));

        assertThat(stream.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(stream.end().getDescription()).matches("message: at most 1048576 bytes, not 20971[0-9]{2}");
    }

    @Test
    void messageOversizedAfterDecompressionIsRefusedWithTheLimit() throws Exception {
        Channel compressed =
                ClientInterceptors.intercept(channel(authority, authority.issue("CN=camera")), new Compressing());
        StreamClient stream = StreamClient.on(compressed);
        stream.open(StreamClient.jpegs());

        stream.send(StreamClient.frame(1, new byte[8 << 20]));

        assertThat(stream.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(stream.end().getDescription())
                .isEqualTo("message: at most 1048576 bytes, not more when it is decompressed");
    }

    private static final class Compressing implements ClientInterceptor {

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return next.newCall(method, options.withCompression("gzip"));
        }
    }

    @Test
    void onlyTheUnitOfOperatorsMayAdminister() {
        Identity operator = authority.issue("CN=alice, OU=devices, OU=" + ServedMutualTls.OPERATORS);
        Identity camera = authority.issue("CN=operators, OU=devices");

        assertThat(admin(channel(authority, operator))).isEqualTo("tiny");
        assertThatThrownBy(() -> admin(channel(authority, camera)))
                .hasMessage("UNAUTHENTICATED: authorization: Bearer TOKEN or a client certificate of unit operators, "
                        + "not absent");
    }

    private static String admin(Channel channel) {
        return AdminGrpc.newBlockingStub(channel)
                .listModels(ListModelsRequest.getDefaultInstance())
                .getModels(0)
                .getModel()
                .getName();
    }

    /** Replaces the certificate files and waits until the server uses the new ones. */
    private void use(Authority next) {
        ServedMutualTls.FILES.use(next);
        Served.await(() -> health(next, next.issue("CN=camera")) == Status.Code.OK);
    }

    private Status.Code health(Authority trusted, @Nullable Identity identity) {
        return HealthCheck.on(channel(trusted, identity));
    }

    private ManagedChannel channel(Authority trusted, @Nullable Identity identity) {
        ChannelCredentials credentials = Certificates.client(trusted, identity);
        ManagedChannel channel = Grpc.newChannelBuilder(target(), credentials).build();
        channels.add(channel);
        return channel;
    }

    private String target() {
        return "localhost:" + server.getPort();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
