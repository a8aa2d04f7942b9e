package io.scopegate.server.audit;

import io.scopegate.server.model.ModelState;
import io.scopegate.server.model.NamedModel;
import io.scopegate.server.model.ReloadResult;
import io.scopegate.server.model.ReloadResult.Outcome;

/** Records models in the audit log: each change of what is served, and each version that is refused as invalid. */
public final class ModelTrail {

    private ModelTrail() {}

    /** Records every change from now on. */
    public static void follow(NamedModel model, AuditTrail trail) {
        model.slot().onChange(() -> tell(model, trail));
        model.watcher().onReload(result -> tell(result, trail));
    }

    /**
     * Records only versions that failed: one that has to wait, for memory for example, is tried again and again, and
     * would be recorded each time.
     */
    private static void tell(ReloadResult result, AuditTrail trail) {
        if (result.outcome() == Outcome.FAILED) {
            trail.record(trail.event("model-refused")
                    .with("model", result.reference())
                    .with("digest", result.digest())
                    .with("reason", result.detail()));
        }
    }

    private static void tell(NamedModel model, AuditTrail trail) {
        switch (model.slot().state()) {
            case ModelState.Serving(var version, var _) ->
                trail.record(trail.event("model-served")
                        .with("model", version.reference())
                        .with("digest", version.digest())
                        .with("inBodyThreshold", version.inBodyThreshold()));
            case ModelState.Absent(String reason) ->
                trail.record(
                        trail.event("model-absent").with("model", model.name()).with("reason", reason));
            case ModelState.Loading() ->
                trail.record(trail.event("model-loading").with("model", model.name()));
        }
    }
}
