package io.scopegate.server.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelState;
import io.scopegate.server.model.ModelWatcher;
import io.scopegate.server.model.ReloadResult;
import java.util.List;
import java.util.Locale;

/** Which model is served, and how attempts to serve another have ended. */
public final class ModelMetrics {

    private final MeterRegistry registry;
    private final MultiGauge served;

    private ModelMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.served = MultiGauge.builder("scopegate.model.served")
                .description("1 for the model that judges frames")
                .register(registry);
    }

    /** From now on every change and every attempt is counted. */
    public static void follow(ModelSlot models, ModelWatcher watcher, MeterRegistry registry) {
        ModelMetrics metrics = new ModelMetrics(registry);
        models.onChange(() -> metrics.show(models.state()));
        watcher.onReload(metrics::count);
    }

    /** One row at a time, so that a model that is gone leaves nothing behind. */
    private void show(ModelState state) {
        served.register(
                state instanceof ModelState.Serving(var model)
                        ? List.of(Row.of(Tags.of("model", model.reference()), 1))
                        : List.of(),
                true);
    }

    private void count(ReloadResult result) {
        registry.counter(
                        "scopegate.model.loads",
                        "outcome",
                        result.outcome().name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
