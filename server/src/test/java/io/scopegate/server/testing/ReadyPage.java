package io.scopegate.server.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Fetches {@code /q/health/ready} and other pages of the server's HTTP service. */
public final class ReadyPage {

    private ReadyPage() {}

    public static HttpResponse<String> ask(int port) throws IOException, InterruptedException {
        return ask(port, "/q/health/ready");
    }

    public static HttpResponse<String> ask(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI page = URI.create("http://localhost:" + port + path);
            return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
        }
    }
}
