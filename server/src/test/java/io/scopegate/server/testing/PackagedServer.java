package io.scopegate.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server as it is shipped, in its own process, on free ports of the loopback interface. The system property {@code
 * packaged.server} is the command that starts it: the jar, the native executable, a release's script, or one of them
 * under emulation.
 */
public final class PackagedServer implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("scopegate ready grpc=\\S+:(\\d+) http=\\S+:(\\d+)");
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final int grpcPort;
    private final int httpPort;
    private final ManagedChannel channel;

    private PackagedServer(Process process, int grpcPort, int httpPort) {
        this.process = process;
        this.grpcPort = grpcPort;
        this.httpPort = httpPort;
        this.channel = channel(InsecureChannelCredentials.create());
    }

    /**
     * Starts a server and waits until it serves a model. Its log goes to this file, and its user cache is the folder
     * {@code cache} beside it.
     */
    public static PackagedServer start(Map<String, String> settings, Path log) throws IOException {
        return start(new ProcessBuilder(command(settings)), log);
    }

    /** As {@link #start(Map, Path)}, but with a process builder, whose process becomes the server. */
    public static PackagedServer start(ProcessBuilder builder, Path log) throws IOException {
        Process process = begin(builder, log);
        Matcher ready = readyLine(process, log);
        PackagedServer server =
                new PackagedServer(process, Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(2)));
        Served.await(() -> server.page("/q/health/ready").contains("\"digest\""));
        return server;
    }

    /** Starts a server that is expected to refuse to start, and returns its exit code. */
    public static int refused(Map<String, String> settings, Path log) throws IOException, InterruptedException {
        return exitCode(begin(new ProcessBuilder(command(settings)), log));
    }

    /**
     * Starts a server, sends it SIGTERM as soon as its log, which must be a new file, contains these words, and returns
     * its exit code.
     */
    public static int stoppedOnceItSays(String words, Map<String, String> settings, Path log)
            throws IOException, InterruptedException {
        Process process = begin(new ProcessBuilder(command(settings)), log);
        Served.await(() -> !process.isAlive() || content(log).contains(words));
        process.destroy();
        return exitCode(process);
    }

    private static String content(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process begin(ProcessBuilder builder, Path log) throws IOException {
        builder.environment().put("XDG_CACHE_HOME", log.resolveSibling("cache").toString());
        return builder.redirectError(Redirect.appendTo(log.toFile())).start();
    }

    /**
     * Returns the command that starts a server with these settings. If the command has {@code -jar}, the settings come
     * before it.
     */
    public static List<String> command(Map<String, String> settings) {
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("packaged.server").split(" ")));
        List<String> options = new ArrayList<>();
        options.add("-Dquarkus.grpc.server.host=127.0.0.1");
        options.add("-Dquarkus.grpc.server.port=0");
        options.add("-Dquarkus.http.host=127.0.0.1");
        options.add("-Dquarkus.http.port=0");
        settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
        int jar = command.indexOf("-jar");
        command.addAll(jar < 0 ? command.size() : jar, options);
        return command;
    }

    private static Matcher readyLine(Process process, Path log) throws IOException {
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return ready;
            }
        }
        throw new AssertionError("the server ended before it was ready; its log: " + log);
    }

    /** Returns a plain-text channel, which is shut down when this server ends. */
    public ManagedChannel channel() {
        return channel;
    }

    /** Returns a new channel, which the caller shuts down. */
    public ManagedChannel channel(ChannelCredentials credentials) {
        return Grpc.newChannelBuilderForAddress("127.0.0.1", grpcPort, credentials)
                .build();
    }

    /** Returns the body of this page of the server's HTTP service, whatever its status. */
    public String page(String path) {
        try {
            return ReadyPage.ask(httpPort, path).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Kills the process, as a supervisor does when liveness fails. */
    public void kill() {
        channel.shutdownNow();
        process.destroyForcibly();
    }

    /** Waits until the process has ended by itself and returns its exit code. */
    public int end() throws InterruptedException {
        int code = exitCode(process);
        channel.shutdownNow();
        return code;
    }

    /**
     * Ends the process by SIGTERM, as a supervisor does. Fails if it does not drain cleanly: its exit code must be 0.
     */
    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        process.destroy();
        assertThat(exitCode(process)).isZero();
    }

    private static int exitCode(Process process) throws InterruptedException {
        boolean ended = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ended in time").isTrue();
        return process.exitValue();
    }
}
