package io.scopegate.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.cli.lifetime.AtExit;
import io.scopegate.cli.lifetime.CloseableStack;
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
 * temporary directory with its log; all end with {@link #close()}, or with this Java virtual machine. The directory of
 * a server that crashed is kept, with Java's crash report, unless this process is told to end before the server is
 * closed.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("scopegate ready grpc=(\\S+)(?: http=(\\S+))?");
    private static final String HEAP = "-Xmx512m";
    private static final String WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";
    private static final String CODE_CACHE = "-XX:ReservedCodeCacheSize=48m";
    private static final String NO_CORE_DUMP = "-XX:-CreateCoredumpOnCrash";
    private static final String CRASH_REPORT = "hs_err_pid";

    /** Makes glibc return the memory of replaced networks to the system; the launchers set the same. */
    private static final Map<String, String> MALLOC =
            Map.of("MALLOC_ARENA_MAX", "2", "MALLOC_MMAP_THRESHOLD_", "262144");

    private static final String LIBRARIES = "onnxruntime.native.path";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(1);
    private static final int LOG_LINES_SHOWN = 30;

    /**
     * Exit statuses of a stopped server: after it has drained, by SIGINT and by SIGTERM. With any other it has ended
     * by itself.
     */
    private static final Set<Integer> STOPPED = Set.of(0, 130, 143);

    private final Running running;
    private final Addresses addresses;

    private ServerProcess(Running running, Addresses addresses) {
        this.running = running;
        this.addresses = addresses;
    }

    /**
     * A process with its resources.
     *
     * @param process the server
     * @param scratch temporary directory with its log
     * @param output thread that reads its output
     * @param killer kills it when this Java virtual machine ends
     * @param stopLimit how long it may take to stop
     */
    private record Running(
            Process process, ScratchDirectory scratch, Thread output, AtExit killer, Duration stopLimit) {

        /** Returns the end of its log. */
        String tail() throws IOException, InterruptedException {
            output.join(OUTPUT_LIMIT);
            // Tolerates malformed bytes, because native code writes to the log, too.
            List<String> lines = new String(Files.readAllBytes(log(scratch)), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        }

        /**
         * Ends the process by SIGTERM, or by SIGKILL if that does not end it in time. Returns true if SIGTERM was
         * enough.
         */
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

        /** Returns Java's crash report; empty if there is none. */
        Optional<Path> crashReport() throws IOException {
            if (!Files.exists(scratch.path())) {
                return Optional.empty();
            }
            try (Stream<Path> files = Files.list(scratch.path())) {
                return files.filter(file -> file.getFileName().toString().startsWith(CRASH_REPORT))
                        .findFirst();
            }
        }

        /**
         * Kills the process if it still runs, waits for its end even if interrupted, because it writes to the directory
         * until then, and removes the directory unless it contains a crash report.
         */
        void discard() throws IOException {
            process.destroyForcibly().onExit().join();
            killer.callOff();
            if (crashReport().isPresent()) {
                scratch.keep();
            } else {
                scratch.close();
            }
        }

        /**
         * Returns an exception with this message, the path of the crash report, if there is one, and the end of the
         * log.
         */
        IOException fault(String what, @Nullable Exception cause) throws IOException, InterruptedException {
            String report = crashReport().map(file -> "; crash report: " + file).orElse("");
            return new IOException(what + report + "; end of its log:\n" + tail(), cause);
        }
    }

    /**
     * The two services as {@code HOST:PORT}.
     *
     * @param grpc address of the gRPC service
     * @param http address of the HTTP server; null if there is none
     */
    private record Addresses(String grpc, @Nullable String http) {}

    /**
     * What the process has used up to now.
     *
     * @param residentMegabytes resident memory now; NaN if the system does not report it
     * @param processorTime processor time since its start; zero if the system does not report it
     */
    public record Usage(double residentMegabytes, Duration processorTime) {}

    /**
     * Starts the server and waits until it accepts streams, which is before its model is loaded. If this process takes
     * ONNX Runtime's libraries from a folder, it starts the server for a GPU, which then uses that folder, too.
     *
     * @param home the project's root
     * @param settings further system properties, {@code NAME=VALUE}
     * @throws IOException if the server does not start; the message contains the end of its log
     */
    public static ServerProcess start(Path home, List<String> settings) throws IOException, InterruptedException {
        return run(scratch -> java(scratch, serverArguments(home, settings)), STOP_LIMIT);
    }

    /**
     * Starts the native executable and waits until it accepts streams. Of the environment's options it gets properties
     * and memory sizes, the only ones that it takes.
     *
     * @param home the project's root
     * @param settings further system properties, {@code NAME=VALUE}
     * @param warnings gets a line for each other option
     * @throws IOException if there is no executable, or it does not start; the message contains the end of its log
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
     * Starts another program of this class path, which reports its address in the same way as the server.
     *
     * @throws IOException if it does not start; the message contains the end of its log
     */
    public static ServerProcess start(Class<?> program) throws IOException, InterruptedException {
        return start(program, STOP_LIMIT);
    }

    /** Does the same with this limit for its stop. */
    static ServerProcess start(Class<?> program, Duration stopLimit) throws IOException, InterruptedException {
        List<String> arguments = List.of("-cp", System.getProperty("java.class.path"), program.getName());
        return run(scratch -> java(scratch, arguments), stopLimit);
    }

    /** Builds the command of a process, given its temporary directory. */
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

    /**
     * Returns the command with the Java options of {@code ./scopegate serve} and of a release, including those of the
     * environment.
     */
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

    /** Returns the address of the gRPC service, {@code HOST:PORT}. */
    public String address() {
        return addresses.grpc();
    }

    /**
     * Waits until the server serves a model.
     *
     * @return its health
     * @throws IOException if it does not in time; the message contains its health
     */
    public JsonNode awaitModel() throws IOException, InterruptedException {
        try (ServerStatusClient status = status()) {
            return status.awaitModel();
        }
    }

    /** Returns what the server reports over HTTP; the caller closes it. */
    public ServerStatusClient status() {
        return new ServerStatusClient(Objects.requireNonNull(addresses.http(), "it has no HTTP"));
    }

    /** Returns what the process has used up to now. */
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
     * Ends the server by SIGTERM and waits for it; kills it if it does not stop in time.
     *
     * @throws IOException if it had ended by itself or did not stop in time; the message contains the end of its log
     */
    @Override
    public void close() throws IOException, InterruptedException {
        try (CloseableStack all = new CloseableStack()) {
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

    /** Returns the exit status of a closed server: 0 if it drained. */
    public int exitStatus() {
        return running.process().exitValue();
    }
}
