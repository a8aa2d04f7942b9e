package io.scopegate.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.cli.lifetime.AtExit;
import io.scopegate.cli.lifetime.Opened;
import io.scopegate.cli.lifetime.ScratchDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running server on free ports of the loopback interface. Owns the process, a thread that reads its output, and a
 * temporary directory with its log; all end with {@link #close()}, or with this Java virtual machine. The directory of a
 * server that crashed stays, with Java's report, unless this process is told to end before it is closed.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("scopegate ready grpc=(\\S+)(?: http=(\\S+))?");
    private static final String HEAP = "-Xmx512m";
    private static final String WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";
    private static final String CODE_CACHE = "-XX:ReservedCodeCacheSize=48m";
    private static final String NO_CORE_DUMP = "-XX:-CreateCoredumpOnCrash";
    private static final String CRASH_REPORT = "hs_err_pid";

    /** What replaced networks leave goes back to the system; the launchers say the same. */
    private static final Map<String, String> MALLOC =
            Map.of("MALLOC_ARENA_MAX", "2", "MALLOC_MMAP_THRESHOLD_", "262144");

    private static final String LIBRARIES = "onnxruntime.native.path";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(1);
    private static final int LOG_LINES_SHOWN = 30;

    /** After it has drained, by SIGINT and by SIGTERM; it has ended by itself with any other. */
    private static final Set<Integer> STOPPED = Set.of(0, 130, 143);

    private final Running running;
    private final Addresses addresses;

    private ServerProcess(Running running, Addresses addresses) {
        this.running = running;
        this.addresses = addresses;
    }

    /** A process with what belongs to it, and how long it may take to stop. */
    private record Running(
            Process process, ScratchDirectory scratch, Thread output, AtExit killer, Duration stopLimit) {

        /** The end of its log. */
        String tail() throws IOException, InterruptedException {
            output.join(OUTPUT_LIMIT);
            // Whatever its bytes are: native code writes there, too.
            List<String> lines = new String(Files.readAllBytes(log(scratch)), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        }

        /** Ends it by SIGTERM, or by SIGKILL if it does not go; whether the first was enough. */
        boolean stop() throws InterruptedException {
            process.destroy();
            try {
                boolean inTime = process.waitFor(stopLimit);
                if (!inTime) {
                    process.destroyForcibly().waitFor();
                }
                return inTime;
            } finally {
                process.destroyForcibly();
            }
        }

        /** What Java has written of a crash; empty if there was none. */
        Optional<Path> crashReport() throws IOException {
            if (!Files.exists(scratch.path())) {
                return Optional.empty();
            }
            try (Stream<Path> files = Files.list(scratch.path())) {
                return files.filter(file -> file.getFileName().toString().startsWith(CRASH_REPORT))
                        .findFirst();
            }
        }

        /** Whatever is left of it goes at once, but for the report of a crash. */
        void discard() throws IOException {
            process.destroyForcibly();
            killer.callOff();
            if (crashReport().isPresent()) {
                scratch.keep();
            } else {
                scratch.close();
            }
        }

        /** With where the report of a crash is, if there is one, and the end of its log. */
        IOException fault(String what, @Nullable Exception cause) throws IOException, InterruptedException {
            String report = crashReport().map(file -> "; crash report: " + file).orElse("");
            return new IOException(what + report + "; end of its log:\n" + tail(), cause);
        }
    }

    /** {@code HOST:PORT} of the two services; without HTTP where there is none. */
    private record Addresses(String grpc, @Nullable String http) {}

    /**
     * What the process has used up to now.
     *
     * @param residentMegabytes now, or NaN where the system does not tell
     * @param processorTime since its start, or zero where the system does not tell
     */
    public record Usage(double residentMegabytes, Duration processorTime) {}

    /**
     * Starts the server and waits until it takes streams, which is before its model is loaded. It is the server for a GPU
     * where this process has ONNX Runtime's libraries from a folder, which it then uses, too.
     *
     * @param home the project's root
     * @param settings further {@code NAME=VALUE} system properties
     * @throws IOException if the server does not come up, with the end of its log
     */
    public static ServerProcess start(Path home, List<String> settings) throws IOException, InterruptedException {
        return run(scratch -> java(scratch, serverArguments(home, settings)), STOP_LIMIT);
    }

    /**
     * Starts the native executable and waits until it takes streams. Of the options of the environment it gets
     * properties and memory sizes, which are all that it takes.
     *
     * @param home the project's root
     * @param settings further {@code NAME=VALUE} system properties
     * @param warnings gets a line for each other option
     * @throws IOException if there is none, or it does not come up, with the end of its log
     */
    public static ServerProcess startNative(Path home, List<String> settings, Consumer<String> warnings)
            throws IOException, InterruptedException {
        Path built = home.resolve("server/target");
        List<String> command = new ArrayList<>();
        command.add(executable(built).toString());
        command.add(WITHOUT_MEMORY);
        command.add(HEAP);
        command.add("-D" + LIBRARIES + "=" + built.resolve("native/lib"));
        command.addAll(JavaOptions.ofTheEnvironment().ofTheExecutable(warnings));
        command.addAll(properties(settings));
        return run(_ -> command, STOP_LIMIT);
    }

    private static Path executable(Path built) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(built, "scopegate-server-*-runner")) {
            for (Path executable : found) {
                return executable;
            }
        }
        throw new IOException("no native executable in " + built + "; run 'scopegate build --native'");
    }

    /**
     * Starts another program of this class path that says where it listens as the server does.
     *
     * @throws IOException if it does not come up, with the end of its log
     */
    public static ServerProcess start(Class<?> program) throws IOException, InterruptedException {
        return start(program, STOP_LIMIT);
    }

    /** The same, but it may take so long to stop. */
    static ServerProcess start(Class<?> program, Duration stopLimit) throws IOException, InterruptedException {
        List<String> arguments = List.of("-cp", System.getProperty("java.class.path"), program.getName());
        return run(scratch -> java(scratch, arguments), stopLimit);
    }

    /** Makes the command of a process from its temporary directory. */
    private interface InScratch {
        List<String> command(Path scratch);
    }

    private static ServerProcess run(InScratch command, Duration stopLimit) throws IOException, InterruptedException {
        CompletableFuture<Addresses> ready = new CompletableFuture<>();
        Running running = launch(command, ready, stopLimit);
        try {
            return new ServerProcess(running, ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw failure(running, e);
        } catch (InterruptedException e) {
            running.discard();
            throw e;
        }
    }

    private static IOException failure(Running running, Exception cause) throws IOException, InterruptedException {
        try {
            running.stop();
            return running.fault("the server did not start", cause);
        } finally {
            running.discard();
        }
    }

    private static Running launch(InScratch command, CompletableFuture<Addresses> ready, Duration stopLimit)
            throws IOException {
        ScratchDirectory scratch = ScratchDirectory.create();
        try {
            Path log = Files.createFile(log(scratch));
            ProcessBuilder builder =
                    new ProcessBuilder(command.command(scratch.path())).redirectError(Redirect.appendTo(log.toFile()));
            MALLOC.forEach(builder.environment()::putIfAbsent);
            Process process = builder.start();
            AtExit killer = AtExit.run("server-killer", process::destroyForcibly);
            Thread output = Thread.ofVirtual().name("server-output").start(() -> follow(process, log, ready));
            return new Running(process, scratch, output, killer, stopLimit);
        } catch (IOException | RuntimeException | Error e) {
            try (scratch) {
                throw e;
            }
        }
    }

    private static Path log(ScratchDirectory scratch) {
        return scratch.path().resolve("server.log");
    }

    /** With the options that {@code ./scopegate serve} and a release give to Java, those of the environment included. */
    private static List<String> java(Path scratch, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Djava.awt.headless=true");
        command.add(WITHOUT_MEMORY);
        command.add(HEAP);
        command.add(CODE_CACHE);
        command.add(NO_CORE_DUMP);
        command.add("-XX:ErrorFile=" + scratch.resolve(CRASH_REPORT + "%p.log"));
        command.addAll(JavaOptions.ofTheEnvironment().all());
        command.addAll(arguments);
        return command;
    }

    private static List<String> serverArguments(Path home, List<String> settings) {
        List<String> arguments = properties(settings);
        String libraries = System.getProperty(LIBRARIES);
        if (libraries != null) {
            arguments.add("-D" + LIBRARIES + "=" + libraries);
        }
        String form = libraries == null ? "quarkus-app" : "quarkus-app-gpu";
        arguments.add("-jar");
        arguments.add(home.resolve("server/target")
                .resolve(form)
                .resolve("quarkus-run.jar")
                .toString());
        return arguments;
    }

    private static List<String> properties(List<String> settings) {
        List<String> properties = new ArrayList<>();
        properties.add("-Dquarkus.grpc.server.host=127.0.0.1");
        properties.add("-Dquarkus.grpc.server.port=0");
        properties.add("-Dquarkus.http.host=127.0.0.1");
        properties.add("-Dquarkus.http.port=0");
        settings.forEach(setting -> properties.add("-D" + setting));
        return properties;
    }

    private static void follow(Process process, Path log, CompletableFuture<Addresses> ready) {
        try (BufferedReader lines = process.inputReader();
                var out = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line);
                out.newLine();
                out.flush();
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(new Addresses(matcher.group(1), matcher.group(2)));
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IOException("the server exited"));
    }

    /** {@code HOST:PORT} of the gRPC service. */
    public String address() {
        return addresses.grpc();
    }

    /**
     * Waits until the server serves a model.
     *
     * @throws IOException if it does not in time, with what its health says
     */
    public JsonNode awaitModel() throws IOException, InterruptedException {
        try (ServerPages pages = pages()) {
            return pages.awaitModel();
        }
    }

    /** What it says of itself over HTTP; the caller closes them. */
    public ServerPages pages() {
        return new ServerPages(Objects.requireNonNull(addresses.http(), "it has no HTTP"));
    }

    /** What the process has used up to now. */
    public Usage usage() throws IOException {
        return new Usage(
                residentMegabytes(),
                running.process().toHandle().info().totalCpuDuration().orElse(Duration.ZERO));
    }

    private double residentMegabytes() throws IOException {
        Path status = Path.of("/proc", String.valueOf(running.process().pid()), "status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    /**
     * Ends the server by SIGTERM and waits for it; kills it if it does not go.
     *
     * @throws IOException with the end of its log, if it had ended by itself or did not go
     */
    @Override
    public void close() throws IOException, InterruptedException {
        try (Opened all = new Opened()) {
            all.add(running::discard);
            if (!running.stop()) {
                throw running.fault(
                        "the server did not stop within " + running.stopLimit().toSeconds() + " s and was killed",
                        null);
            }
            if (!STOPPED.contains(exitStatus())) {
                throw running.fault("the server exited unexpectedly with status " + exitStatus(), null);
            }
        }
    }

    /** Exit status of a closed server: 0 if it drained. */
    public int exitStatus() {
        return running.process().exitValue();
    }
}
