package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.AdminGrpc;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.Verdict;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.testing.Authority;
import io.scopegate.server.testing.Authority.Identity;
import io.scopegate.server.testing.Certificates;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedMutualTls;
import io.scopegate.server.testing.StreamClient;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A running server with mutual TLS: who may do what, and that a rotation of all certificates interrupts nobody. */
@QuarkusTest
@TestProfile(ServedMutualTls.class)
class MutualTlsEndpointTest {

    private static final byte[] SPOT = Pictures.jpeg(Pictures.spot(320, 240));

    @Inject
    GrpcServer server;

    @Inject
    ModelSlot models;

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

    /** Waits until the server has taken up the files. */
    private void use(Authority next) {
        ServedMutualTls.FILES.use(next);
        Served.await(() -> health(next, next.issue("CN=camera")) == Status.Code.OK);
    }

    private Status.Code health(Authority trusted, @Nullable Identity identity) {
        try {
            HealthGrpc.newBlockingStub(channel(trusted, identity))
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private ManagedChannel channel(Authority trusted, @Nullable Identity identity) {
        ChannelCredentials credentials = Certificates.client(trusted, identity);
        ManagedChannel channel = Grpc.newChannelBuilder("localhost:" + server.getPort(), credentials)
                .build();
        channels.add(channel);
        return channel;
    }
}
