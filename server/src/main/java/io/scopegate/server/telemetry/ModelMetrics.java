package io.scopegate.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.scopegate.server.model.ModelState;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import io.scopegate.server.model.ReloadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Metrics of which versions are served, and of how attempts to serve others ended. */
public final class ModelMetrics {

    private final Models models;
    private final MeterRegistry registry;
    private final MultiGauge served;
    private final ReentrantLock showing = new ReentrantLock();

    private ModelMetrics(Models models, MeterRegistry registry) {
        this.models = models;
        this.registry = registry;
        this.served = MultiGauge.builder("scopegate.model.served")
                .description("1 for each version that judges frames, and the target it runs on")
                .register(registry);
    }

    /** Registers the metrics, and follows every change and attempt from now on. */
    public static void follow(Models models, MeterRegistry registry) {
        ModelMetrics metrics = new ModelMetrics(models, registry);
        TimeGauge.builder("scopegate.model.loading", models, TimeUnit.SECONDS, ModelMetrics::loading)
                .description("Duration so far of the longest model load in progress; 0 if there is none")
                .strongReference(true)
                .register(registry);
        for (NamedModel model : models.all()) {
            model.slot().onChange(metrics::show);
            model.watcher().onReload(result -> metrics.count(model, result));
        }
    }

    private static double loading(Models models) {
        return models.all().stream()
                .mapToDouble(model -> model.watcher().loads().time().toNanos() / 1e9)
                .max()
                .orElse(0);
    }

    /**
     * Shows one row for each served version, so that a version that is gone leaves nothing behind. By one thread at a
     * time, so that an older state is never shown last.
     */
    private void show() {
        showing.lock();
        try {
            List<Row<?>> rows = new ArrayList<>();
            for (NamedModel model : models.all()) {
                if (model.slot().state() instanceof ModelState.Serving(var identity, var execution)) {
                    String target = execution.target().label();
                    rows.add(Row.of(Tags.of("model", identity.reference(), "target", target), 1));
                }
            }
            served.register(rows, true);
        } finally {
            showing.unlock();
        }
    }

    private void count(NamedModel model, ReloadResult result) {
        String outcome = result.outcome().name().toLowerCase(Locale.ROOT);
        Counter.builder("scopegate.model.loads")
                .description("Attempts to serve a model version, by outcome")
                .tags("outcome", outcome, "model", model.name())
                .register(registry)
                .increment();
    }
}
