package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.quarkus.grpc.runtime.GrpcServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.scopegate.proto.v1.AdminGrpc;
import io.scopegate.proto.v1.AdminGrpc.AdminBlockingStub;
import io.scopegate.proto.v1.ListModelsRequest;
import io.scopegate.proto.v1.LoadModelRequest;
import io.scopegate.proto.v1.ModelVersion;
import io.scopegate.proto.v1.PinModelRequest;
import io.scopegate.proto.v1.UnpinModelRequest;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.Served;
import io.scopegate.server.testing.ServedAdmin;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests what the audit log records of admin calls, also of those that are refused or change nothing. The server serves
 * tiny/3.
 */
@QuarkusTest
@TestProfile(ServedAdmin.class)
class AdminAuditEndpointTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    GrpcServer server;

    @Inject
    Models models;

    @Inject
    AuditSettings audit;

    private ManagedChannel channel;
    private AdminBlockingStub admin;

    @BeforeEach
    void connect() {
        Served.awaitModel(models);
        channel = ManagedChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + ServedAdmin.TOKEN);
        admin = AdminGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void adminChangeRequestIsAuditedWithItsCallerEvenIfRefused() {
        int before = orders().size();
        admin.pinModel(PinModelRequest.newBuilder().setModel(version(3)).build());
        admin.listModels(ListModelsRequest.getDefaultInstance());
        admin.unpinModel(UnpinModelRequest.getDefaultInstance());
        assertThatThrownBy(() -> admin.loadModel(
                        LoadModelRequest.newBuilder().setModel(version(9)).build()))
                .hasMessageContaining("NOT_FOUND");
        assertThatThrownBy(() -> admin.loadModel(LoadModelRequest.newBuilder()
                        .setModel(version(2).toBuilder().setName("of\nno kind"))
                        .build()))
                .hasMessageContaining("INVALID_ARGUMENT");

        Served.await(() -> orders().size() == before + 4);
        List<JsonNode> told = orders().subList(before, before + 4);
        assertThat(told)
                .extracting(order -> text(order, "what") + " " + text(order, "model") + "/" + text(order, "version")
                        + " " + text(order, "outcome"))
                .containsExactly("pin tiny/3 done", "unpin / done", "load tiny/9 refused", "load ?/2 refused");
        assertThat(told).extracting(order -> text(order, "who")).allMatch(who -> who.startsWith("tester at "));
        assertThat(text(told.get(2), "reason")).isEqualTo("model: one of [tiny/3, tiny/2, tiny/1], not tiny/9");
    }

    private static ModelVersion version(int version) {
        return ModelVersion.newBuilder().setName("tiny").setVersion(version).build();
    }

    private static String text(JsonNode order, String detail) {
        return order.path(detail).asText();
    }

    private List<JsonNode> orders() {
        try {
            List<JsonNode> orders = new ArrayList<>();
            Path log = Objects.requireNonNull(audit.directory()).resolve("audit-00000001.jsonl");
            for (String line : Files.readAllLines(log)) {
                JsonNode event = JSON.readTree(line);
                if (event.path("event").asText().equals("admin")) {
                    orders.add(event.path("details"));
                }
            }
            return orders;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
