package io.scopegate.server.health;

import io.scopegate.server.infer.Pulse;
import io.scopegate.server.model.ModelSettings;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelState;
import io.scopegate.server.model.ModelWatcher;
import io.scopegate.server.model.RepositoryReport;
import io.scopegate.server.model.ServingMode;
import io.scopegate.server.model.VersionReport;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The one source of the server's health. Ready means that frames are judged: a model is served, its network
 * answers, and the server is not stopping. gRPC hears of each change, HTTP asks.
 */
@Default
@Readiness
@Singleton
public final class HealthPublisher implements HealthCheck {

    /** The server as a whole, as the health protocol has it. */
    private static final String SERVER = "";

    private static final String CLASSIFIER = "scopegate.v1.Classifier";
    private static final String MODEL = "model/";

    private final ModelSlot models;
    private final ModelWatcher watcher;
    private final Pulse pulse;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final ReentrantLock publishing = new ReentrantLock();
    private final Map<String, Boolean> services = new TreeMap<>();
    private final List<Consumer<Map<String, Boolean>>> listeners = new CopyOnWriteArrayList<>();

    HealthPublisher(ModelSlot models, ModelWatcher watcher, Pulse pulse, ModelSettings settings) {
        this.models = models;
        this.watcher = watcher;
        this.pulse = pulse;
        services.put(SERVER, false);
        services.put(CLASSIFIER, false);
        if (settings.name() != null) {
            services.put(MODEL + settings.name(), false);
        }
    }

    /**
     * Calls the listener at once and after each change, with every service's name and whether it serves. The names are
     * that of the server, which is empty, {@code scopegate.v1.Classifier}, and {@code model/NAME} for each model that is
     * or was served.
     */
    public void onChange(Consumer<Map<String, Boolean>> listener) {
        listeners.add(listener);
        publish();
    }

    /** Publishes the present state and every change from now on. */
    public void start() {
        models.onChange(this::publish);
        pulse.onChange(this::publish);
        publish();
    }

    /** Not ready from now on, whatever the model. */
    public void stop() {
        stopping.set(true);
        publish();
    }

    /** One at a time, so that what was true first is not published last. */
    private void publish() {
        publishing.lock();
        try {
            services.replaceAll((service, serving) -> false);
            if (models.state() instanceof ModelState.Serving(var model) && answering()) {
                services.put(SERVER, true);
                services.put(CLASSIFIER, true);
                services.put(MODEL + model.name(), true);
            }
            Map<String, Boolean> present = Map.copyOf(services);
            listeners.forEach(listener -> listener.accept(present));
        } finally {
            publishing.unlock();
        }
    }

    private boolean answering() {
        return pulse.life().alive() && !stopping.get();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("model");
        ModelState state = models.state();
        check.status(state instanceof ModelState.Serving && answering());
        switch (state) {
            case ModelState.Serving(var model) ->
                check.withData("name", model.name())
                        .withData("version", model.version())
                        .withData("digest", model.digest());
            case ModelState.Absent(String reason) -> check.withData("reason", reason);
            case ModelState.Loading() -> check.withData("reason", "a model is being loaded");
        }
        if (stopping.get()) {
            check.withData("stopping", true);
        }
        if (!pulse.life().alive()) {
            check.withData("network", pulse.life().reason());
        }
        describe(watcher.report(), check);
        return check.build();
    }

    /** What else is in the repository, and why it is not served. */
    private static void describe(RepositoryReport report, HealthCheckResponseBuilder check) {
        if (!report.problem().isEmpty()) {
            check.withData("repository", report.problem());
        }
        if (report.mode() instanceof ServingMode.Pinned pinned) {
            check.withData("pinned", pinned.reference());
        }
        for (VersionReport version : report.versions()) {
            if (!version.detail().isEmpty()) {
                String status = version.status().name().toLowerCase(Locale.ROOT);
                check.withData(status + " " + version.reference(), version.detail());
            }
        }
    }
}
