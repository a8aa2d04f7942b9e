package io.scopegate.server.health;

import io.scopegate.server.infer.Listeners;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The single source of the server's health. A model is ready while its frames are judged: while a version is served
 * and its network answers. The server is ready while all of its models are and it is not stopping. gRPC is notified of
 * each change, HTTP asks.
 */
@Default
@Readiness
@Singleton
public final class HealthPublisher implements HealthCheck {

    /** The name of the server as a whole in the health protocol. */
    private static final String SERVER = "";

    private static final String CLASSIFIER = "scopegate.v1.Classifier";
    private static final String MODEL = "model/";

    private final Models models;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final ReentrantLock publishing = new ReentrantLock();
    private final Map<String, Boolean> services = new TreeMap<>();
    private final Listeners<Consumer<Map<String, Boolean>>> listeners =
            new Listeners<>("a listener for changes of the server's health failed");
    private boolean allHeard = true;

    public HealthPublisher(Models models) {
        this.models = models;
        services.put(SERVER, false);
        services.put(CLASSIFIER, false);
    }

    /**
     * Calls the listener at once and after each change, with the name of every service and whether it serves. The
     * names are the empty string for the server, {@code scopegate.v1.Classifier}, and {@code model/NAME} for each
     * model once its name is known.
     */
    public void onChange(Consumer<Map<String, Boolean>> listener) {
        listeners.add(listener);
        publish();
    }

    /** Publishes the current state, and every change from now on. */
    public void start() {
        for (NamedModel model : models.all()) {
            model.slot().onChange(this::publish);
            model.watchdog().onChange(this::publish);
        }
        publish();
    }

    /** Makes the server not ready from now on, whatever its models do. */
    public void stop() {
        stopping.set(true);
        publish();
    }

    /** Publishes the current state. By one thread at a time, so that an older state is never published last. */
    private void publish() {
        publishing.lock();
        try {
            allHeard = false;
            services.replaceAll((service, serving) -> false);
            for (NamedModel model : models.all()) {
                services.put(MODEL + model.name(), model.answers() && !stopping.get());
            }
            // A model that was not named in the settings has no name before its first version is served.
            services.remove(MODEL + ModelSlot.UNNAMED);
            services.put(SERVER, ready());
            services.put(CLASSIFIER, ready());
            Map<String, Boolean> present = Map.copyOf(services);
            allHeard = listeners.tell(listener -> listener.accept(present));
        } finally {
            publishing.unlock();
        }
    }

    /** Publishes the state again if a listener missed a change, perhaps for lack of memory. Called by HTTP probes. */
    void publishUnheard() {
        publishing.lock();
        try {
            if (!allHeard) {
                publish();
            }
        } finally {
            publishing.unlock();
        }
    }

    private boolean ready() {
        return !stopping.get() && models.all().stream().allMatch(NamedModel::answers);
    }

    @Override
    public HealthCheckResponse call() {
        publishUnheard();
        HealthCheckResponseBuilder page = HealthCheckResponse.named("model").status(ready());
        if (stopping.get()) {
            page.withData("stopping", true);
        }
        models.all().forEach(model -> new ModelHealth(models, model, page).write());
        return page.build();
    }
}
