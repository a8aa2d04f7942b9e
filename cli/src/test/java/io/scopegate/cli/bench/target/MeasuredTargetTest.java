package io.scopegate.cli.bench.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.server.StandInClassifier;
import io.scopegate.cli.server.StandInServerJar;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.inference.target.ExecutionTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MeasuredTargetTest {

    /** The stand-in accepts only small messages. */
    @Test
    @Timeout(120)
    void figuresThatWereMeasuredBeforeAFailureStay(@TempDir Path home) throws Exception {
        StandInServerJar.install(home, StandIn.class);
        LoadPlan load = new LoadPlan(1, 0, Duration.ZERO, Duration.ofMillis(200), DeliveryPolicy.BLOCK);
        PublishedModel model = PublishedModel.open(Path.of("../models/inbody/1").toAbsolutePath());
        Plan plan = new Plan(model, List.of(ExecutionTarget.CPU), 1, load.withUnanswered(1), home);

        Row row = new MeasuredTarget(plan, new TargetOptions(), ExecutionTarget.CPU, _ -> {}).measure();

        assertThat(row.reason()).startsWith("message with the frame exceeds the server's limit");
        assertThat(row.endToEnd()).containsOnlyKeys(Plan.SMALL);
        assertThat(row.model()).containsKey(1);
    }

    /** A server on the CPU that answers every frame. */
    static final class StandIn {

        private StandIn() {}

        public static void main(String[] args) throws Exception {
            byte[] health = "{\"checks\": [{\"name\": \"model\", \"data\": {\"target\": \"cpu\"}}]}"
                    .getBytes(StandardCharsets.UTF_8);
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, health.length);
                exchange.getResponseBody().write(health);
                exchange.close();
            });
            http.start();
            try (StandInClassifier grpc = StandInClassifier.classifying()) {
                System.out.println("scopegate ready grpc=" + grpc.address() + " http=127.0.0.1:"
                        + http.getAddress().getPort());
                new CountDownLatch(1).await();
            }
        }
    }
}
