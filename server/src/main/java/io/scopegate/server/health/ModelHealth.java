package io.scopegate.server.health;

import io.scopegate.server.infer.Pulse;
import io.scopegate.server.model.ModelState;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import io.scopegate.server.model.RepositoryReport;
import io.scopegate.server.model.ServingMode;
import io.scopegate.server.model.VersionReport;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** What a health page says of one model: which version serves, or why none, and what else is in the repository. */
record ModelHealth(Models models, NamedModel model, HealthCheckResponseBuilder page) {

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
        Pulse.Life life = model.pulse().life();
        if (!life.alive()) {
            say("network", life.reason());
        }
        write(model.watcher().report());
    }

    /** What else is in the repository, and why it is not served. */
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
