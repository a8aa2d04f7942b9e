package io.scopegate.server.health;

import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelState;
import io.scopegate.server.model.ModelWatcher;
import io.scopegate.server.model.RepositoryReport;
import io.scopegate.server.model.ServingMode;
import io.scopegate.server.model.VersionReport;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The one source of the server's health. Ready means that frames are judged: a model is served and the server is not
 * stopping. gRPC hears of each change, HTTP asks.
 */
@Default
@Readiness
@Singleton
public final class HealthPublisher implements HealthCheck {

    private static final String CLASSIFIER = "scopegate.v1.Classifier";

    private final ModelSlot models;
    private final ModelWatcher watcher;
    private final GrpcHealthStorage grpc;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final ReentrantLock publishing = new ReentrantLock();

    HealthPublisher(ModelSlot models, ModelWatcher watcher, GrpcHealthStorage grpc) {
        this.models = models;
        this.watcher = watcher;
        this.grpc = grpc;
    }

    /** Produced, so that what the framework's own class observes is left to that class. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    static GrpcHealthStorage grpcHealth(ModelSlot models) {
        return new GatedHealthStorage(models);
    }

    /** Publishes the present state and every change from now on. */
    public void start() {
        models.onChange(this::publish);
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
            boolean ready = models.state() instanceof ModelState.Serving && !stopping.get();
            ServingStatus status = ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
            grpc.setStatus(GrpcHealthStorage.DEFAULT_SERVICE_NAME, status);
            grpc.setStatus(CLASSIFIER, status);
        } finally {
            publishing.unlock();
        }
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("model");
        ModelState state = models.state();
        check.status(state instanceof ModelState.Serving && !stopping.get());
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
                check.withData(
                        version.status().name().toLowerCase(Locale.ROOT) + " " + version.reference(), version.detail());
            }
        }
    }
}
