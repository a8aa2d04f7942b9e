package io.scopegate.server;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.server.grpc.OpenCalls;
import io.scopegate.server.grpc.ServiceSettings;
import io.scopegate.server.health.HealthPublisher;
import io.scopegate.server.model.Models;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.tls.ServerTls;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Starts and stops the parts of the server in order. */
@Singleton
final class ServerLife {

    private static final Logger LOG = Logger.getLogger(ServerLife.class);

    /** How long to wait for runs of networks that are told to end, which they do before their next step. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final FramePipelines pipelines;
    private final HealthPublisher health;
    private final Models models;
    private final SessionFactory sessions;
    private final EngineBuilds builds;
    private final OpenCalls calls;
    private final ServerTls tls;
    private final ServiceSettings settings;

    ServerLife(
            FramePipelines pipelines,
            HealthPublisher health,
            Models models,
            SessionFactory sessions,
            EngineBuilds builds,
            OpenCalls calls,
            ServerTls tls,
            ServiceSettings settings) {
        this.pipelines = pipelines;
        this.health = health;
        this.models = models;
        this.sessions = sessions;
        this.builds = builds;
        this.calls = calls;
        this.tls = tls;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        pipelines.start();
        health.start();
        models.startWatching();
        tls.start();
    }

    /**
     * Reports that the server is stopping, starts no further engine build, and lets open calls answer what they have.
     * Blocks for the drain time at most.
     */
    void drain() {
        ShutdownSteps.run(health::stop, builds::stop, () -> calls.drain(settings.drainTime()));
    }

    /**
     * Runs early in the shutdown, while everything still works. Never throws: those that observe the event later, such
     * as the audit log, would not be stopped then.
     */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        ShutdownSteps.run(
                this::drain,
                tls::close,
                models::stopWatching,
                pipelines::close,
                models::close,
                this::endRunsAndThreads);
    }

    private void endRunsAndThreads() throws InterruptedException {
        if (endHungRuns()) {
            // Threads whose run was terminated now close what they have used.
            pipelines.close();
        }
    }

    /**
     * Terminates hung runs. On exit ONNX Runtime frees what a run in progress still uses, and the process would crash.
     * Blocks for one second at most. Any thread.
     *
     * @return whether no run is in progress any more
     */
    boolean endHungRuns() throws InterruptedException {
        boolean ended = sessions.endRuns(PATIENCE);
        if (!ended) {
            LOG.warn("a hung run of a network could not be terminated; the process may crash on exit");
        }
        return ended;
    }
}
