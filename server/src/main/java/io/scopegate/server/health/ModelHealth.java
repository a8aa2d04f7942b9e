package io.scopegate.server.health;

import io.scopegate.inference.engine.EngineStatus;
import io.scopegate.server.infer.NetworkWatchdog;
import io.scopegate.server.model.ModelState;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import io.scopegate.server.model.RepositoryReport;
import io.scopegate.server.model.ServingMode;
import io.scopegate.server.model.VersionReport;
import io.scopegate.server.model.VersionReport.Status;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Writes what a health page says of one model: which version is served, or why none is, and what else is in the
 * repository.
 */
record ModelHealth(Models models, NamedModel model, HealthCheckResponseBuilder page) {

    private static final Set<Status> CONCERNED = EnumSet.of(Status.SERVED, Status.LOADING, Status.WAITING);

    void write() {
        switch (model.slot().state()) {
            case ModelState.Serving(var version, var execution) -> {
                say("name", version.name());
                page.withData(DataKey.of(models, model, "version"), version.version());
                say("digest", version.digest());
                say("target", execution.target().label());
                if (!execution.passedOver().isEmpty()) {
                    say("fallback", execution.fallback());
                }
            }
            case ModelState.Absent(String reason) -> say("reason", reason);
            case ModelState.Loading() -> say("reason", "a model is being loaded");
        }
        NetworkWatchdog.Life life = model.watchdog().life();
        if (!life.alive()) {
            say("network", life.reason());
        }
        String hanging = model.watcher().loads().hanging();
        if (!hanging.isEmpty()) {
            say("load", hanging);
        }
        RepositoryReport report = model.watcher().report();
        engines(report);
        write(report);
    }

    /** Writes the state of the engines for versions that are served or may be. */
    private void engines(RepositoryReport report) {
        Set<String> concerned = report.versions().stream()
                .filter(version -> CONCERNED.contains(version.status()))
                .map(VersionReport::reference)
                .collect(Collectors.toSet());
        if (model.slot().state() instanceof ModelState.Serving(var version, var _)) {
            concerned.add(version.reference());
        }
        String text = models.engines().status().stream()
                .filter(engine -> engine.models().stream().anyMatch(concerned::contains))
                .map(EngineStatus::text)
                .collect(Collectors.joining("; "));
        if (!text.isEmpty()) {
            say("engine", text);
        }
    }

    /** Writes what else is in the repository, and why it is not served. */
    private void write(RepositoryReport report) {
        if (!report.problem().isEmpty()) {
            say("repository", report.problem());
        }
        if (report.mode() instanceof ServingMode.Pinned pinned) {
            say("pinned", pinned.reference());
        }
        for (VersionReport version : report.versions()) {
            if (!version.detail().isEmpty()) {
                say(version.status().name().toLowerCase(Locale.ROOT) + " " + version.reference(), version.detail());
            }
        }
    }

    private void say(String key, String value) {
        page.withData(DataKey.of(models, model, key), value);
    }
}
