package io.scopegate.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.bench.target.TargetOptions;
import io.scopegate.cli.lifetime.CloseableStack;
import io.scopegate.cli.load.DeviceResult;
import io.scopegate.cli.load.Load;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.reload.ScratchRepository;
import io.scopegate.cli.server.CapacitySettings;
import io.scopegate.cli.server.ServerProcess;
import io.scopegate.cli.server.ServerProcess.Usage;
import io.scopegate.cli.server.ServerStatusClient;
import io.scopegate.cli.server.SingleModelSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server of its own that is put under load in turns. Owns the process and, if new versions are published, their
 * repository. Not thread-safe.
 */
final class MeasuredStack implements AutoCloseable {

    private final CloseableStack resources;
    private final BenchPlan plan;
    private final @Nullable ScratchRepository repository;
    private final ServerProcess server;
    private final ServerStatusClient status;
    private final String jpegDecoder;
    private long nextVersionNanos;

    private MeasuredStack(
            CloseableStack resources,
            BenchPlan plan,
            @Nullable ScratchRepository repository,
            ServerProcess server,
            String jpegDecoder) {
        this.resources = resources;
        this.plan = plan;
        this.repository = repository;
        this.server = server;
        this.status = server.status();
        this.jpegDecoder = jpegDecoder;
        this.nextVersionNanos = System.nanoTime();
        resources.add(status::close);
    }

    /** Starts the server and waits until it serves the model on the requested target. */
    static MeasuredStack start(Path home, BenchPlan plan, PublishedModel model)
            throws IOException, InterruptedException, ModelUnusableException {
        CloseableStack resources = new CloseableStack();
        try {
            return start(home, plan, model, resources);
        } catch (IOException | InterruptedException | ModelUnusableException | RuntimeException | Error e) {
            try (resources) {
                throw e;
            }
        }
    }

    private static MeasuredStack start(Path home, BenchPlan plan, PublishedModel model, CloseableStack resources)
            throws IOException, InterruptedException, ModelUnusableException {
        ScratchRepository repository = plan.reloadEvery() == null ? null : ScratchRepository.of(model, null);
        if (repository != null) {
            resources.add(repository::close);
        }
        List<String> settings = new ArrayList<>(plan.options().serverSettings(plan.target()));
        settings.addAll(CapacitySettings.settings(plan.load().streams()));
        settings.addAll(
                repository == null
                        ? SingleModelSettings.settings(model)
                        : List.of("scopegate.models=" + repository.root()));
        ServerProcess server = ServerProcess.start(home, settings);
        resources.add(server::close);
        JsonNode health = server.awaitModel();
        TargetOptions.requireServed(health, plan.target());
        return new MeasuredStack(resources, plan, repository, server, jpegDecoder(health));
    }

    private static String jpegDecoder(JsonNode health) {
        return health.at("/checks").findPath("jpegDecoder").asText("unknown");
    }

    /** Measures one turn with new streams. */
    StackFigures measure(LoadPlan loadPlan)
            throws IOException, InterruptedException, ExecutionException, ModelUnusableException {
        try (Load load = Load.start(server.address(), loadPlan, plan.pictures())) {
            load.awaitWarmUp();
            // Reading the metrics costs the server something that is not due to the frames: done once before them and
            // once after.
            double allocated = status.allocatedMegabytes();
            long allocatedFrom = System.nanoTime();
            Duration clientStart = Machine.ownProcessorTime();
            Usage start = server.usage();
            load.measure();
            pass(loadPlan.duration().dividedBy(2));
            Usage middle = server.usage();
            pass(loadPlan.duration().dividedBy(2));
            List<DeviceResult> devices = load.results();
            Usage end = server.usage();
            Duration clientTime = Machine.ownProcessorTime().minus(clientStart);
            AllocatedMemory allocation = new AllocatedMemory(
                    status.allocatedMegabytes() - allocated, Duration.ofNanos(System.nanoTime() - allocatedFrom));
            return StackFigures.of(
                    devices,
                    new ServerFigures(start, middle, end, allocation, status.loads("served"), jpegDecoder),
                    clientTime);
        }
    }

    /** Waits for this time, in which new versions may be published. */
    private void pass(Duration time) throws IOException, InterruptedException, ModelUnusableException {
        long end = System.nanoTime() + time.toNanos();
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            long wake = repository == null ? end : Math.min(end, nextVersionNanos);
            TimeUnit.NANOSECONDS.sleep(wake - now);
            publishIfDue();
        }
    }

    private void publishIfDue() throws IOException, ModelUnusableException {
        Duration every = plan.reloadEvery();
        if (repository != null && every != null && System.nanoTime() >= nextVersionNanos) {
            repository.publishNext();
            nextVersionNanos = System.nanoTime() + every.toNanos();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        resources.close();
    }
}
