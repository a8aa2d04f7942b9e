package io.scopegate.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerStatusClientTest {

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void loadsAreCountedByOutcome() throws Exception {
        byte[] metrics = """
                scopegate_model_loads_total{model="inbody",outcome="served"} 2.0
                scopegate_model_loads_total{model="inbody",outcome="failed"} 5.0
                """.getBytes(StandardCharsets.UTF_8);
        server.createContext("/q/metrics", exchange -> {
            exchange.sendResponseHeaders(200, metrics.length);
            exchange.getResponseBody().write(metrics);
            exchange.close();
        });

        try (ServerStatusClient status = status()) {
            assertThat(status.loads("served")).isEqualTo(2);
        }
    }

    @Test
    void aServerWithoutFiguresIsAFaultAndNoZero() {
        try (ServerStatusClient status = status()) {
            assertThatThrownBy(() -> status.loads("served"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/q/metrics: status 404");
            assertThatThrownBy(status::allocatedMegabytes).isInstanceOf(IOException.class);
        }
    }

    private ServerStatusClient status() {
        return new ServerStatusClient("127.0.0.1:" + server.getAddress().getPort());
    }
}
