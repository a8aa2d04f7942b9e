package io.scopegate.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scopegate.inference.SessionFactory;
import io.scopegate.server.grpc.ServiceSettings;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.infer.WatchdogSettings;
import io.scopegate.server.model.HungLoad;
import io.scopegate.server.model.LostDevice;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Ends the process when the network of a model does not answer, if {@code scopegate.inference.exit-on-fault} is set, so
 * that its supervisor restarts it.
 */
@Singleton
final class FaultExit {

    private static final Logger LOG = Logger.getLogger(FaultExit.class);
    private static final int FAILED = 1;
    private static final int FIRST = 1;

    /**
     * How long the shutdown may take beyond the drain before the process is halted: a hung driver may hang its own
     * clean-up too. Longer than all waits of an orderly stop together.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(14);

    private final Models models;
    private final SessionFactory sessions;
    private final WatchdogSettings settings;
    private final Duration drainTime;
    private final ServerLife life;
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile boolean stopping;

    FaultExit(
            Models models,
            SessionFactory sessions,
            WatchdogSettings settings,
            ServiceSettings service,
            ServerLife life) {
        this.models = models;
        this.sessions = sessions;
        this.settings = settings;
        this.drainTime = service.drainTime();
        this.life = life;
    }

    void follow(@Observes @Priority(FIRST) StartupEvent event) {
        models.all().forEach(model -> {
            model.watchdog().onChange(() -> check(model));
            LostDevice.follow(model, sessions);
            HungLoad.follow(model);
        });
    }

    /** From now on hung runs are terminated, which must not be reported as a network that answers again. */
    void stop(@Observes @Priority(0) ShutdownEvent event) {
        stopping = true;
    }

    private void check(NamedModel model) {
        NetworkWatchdog.Life now = model.watchdog().life();
        if (now.alive()) {
            if (!stopping) {
                LOG.infof("%s: the network answers again", model.slot().called());
            }
            return;
        }
        LOG.errorf(
                "%s: %s; liveness is down, and its frames are answered out of body",
                model.slot().called(), now.reason());
        if (settings.exit() && !ending.getAndSet(true)) {
            Thread.ofPlatform().daemon().name("fault-halt").start(this::halt);
            Thread.ofPlatform().name("fault-exit").start(this::exit);
        }
    }

    private void exit() {
        LOG.error("exiting, because scopegate.inference.exit-on-fault is set");
        try {
            life.drain();
        } finally {
            Quarkus.asyncExit(FAILED);
        }
    }

    private void halt() {
        try {
            Thread.sleep(drainTime.plus(PATIENCE));
            // The runs that end now are terminated; they do not show that a network answers.
            stopping = true;
            models.all().forEach(model -> model.slot().close());
            life.endHungRuns();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(FAILED);
        }
    }
}
