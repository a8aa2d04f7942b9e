package io.scopegate.cli.bench;

import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.load.Load;
import io.scopegate.cli.reload.ScratchRepository;
import io.scopegate.cli.server.ServerPages;
import io.scopegate.cli.server.ServerProcess;
import io.scopegate.cli.server.ServerProcess.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A server of its own under load. */
final class MeasuredStack {

    private final Path home;
    private final BenchPlan plan;

    MeasuredStack(Path home, BenchPlan plan) {
        this.home = home;
        this.plan = plan;
    }

    StackFigures measure(PublishedModel model)
            throws IOException, InterruptedException, ExecutionException, ModelUnusableException {
        Duration every = plan.reloadEvery();
        if (every == null) {
            Path models = model.directory().resolve("../..").normalize();
            return measure(
                    settings(models, model.manifest()), () -> {}, plan.load().duration());
        }
        try (ScratchRepository repository = ScratchRepository.of(model, null)) {
            List<String> settings = new ArrayList<>(plan.options().serverSettings(plan.target()));
            settings.add("scopegate.models=" + repository.root());
            return measure(settings, repository::publishNext, every);
        }
    }

    private List<String> settings(Path models, ModelManifest manifest) {
        List<String> settings = new ArrayList<>(plan.options().serverSettings(plan.target()));
        settings.add("scopegate.models=" + models);
        settings.add("scopegate.model.name=" + manifest.name());
        settings.add("scopegate.model.version=" + manifest.version());
        return settings;
    }

    /** What is done from time to time while it is measured. */
    private interface Meanwhile {
        void act() throws IOException, ModelUnusableException;
    }

    private StackFigures measure(List<String> settings, Meanwhile meanwhile, Duration every)
            throws IOException, InterruptedException, ExecutionException, ModelUnusableException {
        try (ServerProcess server = ServerProcess.start(home, settings);
                ServerPages pages = server.pages()) {
            String decoder =
                    pages.awaitModel().at("/checks").findPath("jpegDecoder").asText("unknown");
            try (Load load = Load.start(server.address(), plan.load(), plan.pictures())) {
                load.awaitMeasuring();
                Duration clientStart = ownProcessorTime();
                double allocated = pages.allocatedMegabytes();
                Usage start = server.usage();
                pass(meanwhile, every);
                Usage middle = server.usage();
                pass(meanwhile, every);
                Usage end = server.usage();
                Duration clientTime = ownProcessorTime().minus(clientStart);
                ServerFigures figures = new ServerFigures(
                        start, middle, end, pages.allocatedMegabytes() - allocated, pages.loads("served"), decoder);
                return StackFigures.of(load.results(), figures, clientTime);
            }
        }
    }

    /** Lets half of the measurement pass. */
    private void pass(Meanwhile meanwhile, Duration every)
            throws IOException, InterruptedException, ModelUnusableException {
        long end = System.nanoTime() + plan.load().duration().toNanos() / 2;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, every.toNanos()));
            if (System.nanoTime() < end) {
                meanwhile.act();
            }
        }
    }

    private static Duration ownProcessorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
