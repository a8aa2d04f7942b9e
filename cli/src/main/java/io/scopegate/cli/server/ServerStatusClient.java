package io.scopegate.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Reads what a server reports about itself over HTTP. Owns an HTTP client until {@link #close()}. Thread-safe. */
public final class ServerStatusClient implements AutoCloseable {

    private static final Duration MODEL_LIMIT = Duration.ofSeconds(60);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
    private static final int HTTP_OK = 200;
    private static final int POLL_MILLIS = 50;
    private static final double BYTES_A_MEGABYTE = 1 << 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    ServerStatusClient(String address) {
        this.address = address;
    }

    /**
     * Waits until the server is ready, which is when it serves a model.
     *
     * @return its health
     * @throws IOException if it does not become ready in time; the message contains its health
     */
    public JsonNode awaitModel() throws IOException, InterruptedException {
        return awaitModel(MODEL_LIMIT);
    }

    /** Does the same with this time limit. */
    public JsonNode awaitModel(Duration limit) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<String> answer = ask("/q/health");
        while (answer.statusCode() != HTTP_OK && System.nanoTime() - start < limit.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            answer = ask("/q/health");
        }
        if (answer.statusCode() != HTTP_OK) {
            throw new IOException("the server does not serve a model; its health:\n" + answer.body());
        }
        return new ObjectMapper().readTree(answer.body());
    }

    /** Returns true if all of its health is up now. */
    public boolean healthy() throws IOException, InterruptedException {
        return ask("/q/health").statusCode() == HTTP_OK;
    }

    /**
     * Returns what its health says about the served models and the rest of the repository, by the names of its data.
     */
    public JsonNode modelHealth() throws IOException, InterruptedException {
        JsonNode checks = new ObjectMapper().readTree(ask("/q/health").body()).path("checks");
        for (JsonNode check : checks) {
            if (check.path("name").asText().equals("model")) {
                return check.path("data");
            }
        }
        throw new IOException("the health of the server does not include its models");
    }

    /** Returns how many attempts to load a model have ended like this, {@code served} or {@code failed}. */
    public long loads(String outcome) throws IOException, InterruptedException {
        Pattern wanted = Pattern.compile("^scopegate_model_loads_total\\{.*outcome=\"" + outcome + "\"");
        return (long) sum(metrics(), wanted);
    }

    /**
     * Returns the memory that Java has allocated for objects since the start, in MB. Objects to which G1 gives regions
     * of their own, with a heap like the server's those of more than 512 KiB, are in no counter.
     */
    public double allocatedMegabytes() throws IOException, InterruptedException {
        String metrics = metrics();
        // The counter is updated only at a collection, with what was allocated since the one before.
        double counted = sum(metrics, Pattern.compile("^jvm_gc_memory_allocated_bytes_total"));
        double sinceThen = sum(metrics, Pattern.compile("^jvm_memory_used_bytes\\{.*Eden Space"));
        return (counted + sinceThen) / BYTES_A_MEGABYTE;
    }

    /** Returns the metrics page. Any other page would be read as zeros. */
    private String metrics() throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("/q/metrics");
        if (answer.statusCode() != HTTP_OK) {
            throw new IOException("no metrics at " + answer.uri() + ": status " + answer.statusCode());
        }
        return answer.body();
    }

    private static double sum(String metrics, Pattern wanted) {
        return metrics.lines()
                .filter(line -> wanted.matcher(line).find())
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> ask(String page) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + page))
                .timeout(REQUEST_LIMIT)
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("the server does not answer at " + request.uri() + ": " + FileFault.text(e), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
