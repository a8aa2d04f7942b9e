package io.scopegate.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Puts the filter in front of a stand-in that reports UP for every path, as SmallRye Health does for every group. */
class HealthPathsTest {

    private static final String LOCALHOST = "127.0.0.1";

    private final HttpClient client = HttpClient.newHttpClient();
    private Vertx vertx;
    private HttpServer server;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        Filters filters = new Filters();
        new HealthPaths().register(filters);
        Router router = Router.router(vertx);
        filters.getFilters()
                .forEach(filter -> router.route().order(-filter.getPriority()).handler(filter.getHandler()));
        router.route().handler(request -> request.response().end("{\"status\": \"UP\", \"checks\": []}"));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, LOCALHOST)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health/group/readi",
                "/q/health/group/live",
                "/q/health/group",
                "/q/health/group/",
                "/q/health/./group/x",
                "/q/health//group/x",
                "/q/health/%67roup/x",
                "/q/health/well",
                "/q/health/lively",
                "/q/health/live/x"
            })
    void aPageWithoutAnyCheckIsNotThere(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains("no such health page", "/q/health/ready")
                .doesNotContain("UP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health",
                "/q/health/",
                "/q/health/live",
                "/q/health/ready",
                "/q/health/ready/",
                "/q/health/started",
                "/q/health/started?pretty",
                "/q/metrics",
                "/"
            })
    void otherPathsAreServed(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void headRequestForAnUnknownHealthPathIsNotFound() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri("/q/health/group/x")).HEAD().build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://" + LOCALHOST + ":" + server.actualPort() + path);
    }
}
