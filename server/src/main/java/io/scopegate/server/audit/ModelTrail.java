package io.scopegate.server.audit;

import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelState;

/** What the audit log hears of models: each change of what is served. */
public final class ModelTrail {

    private ModelTrail() {}

    /** From now on every change is told. */
    public static void follow(ModelSlot models, AuditTrail trail) {
        models.onChange(() -> tell(models.state(), trail));
    }

    private static void tell(ModelState state, AuditTrail trail) {
        switch (state) {
            case ModelState.Serving(var model) ->
                trail.record(trail.event("model-served")
                        .with("model", model.reference())
                        .with("digest", model.digest())
                        .with("inBodyThreshold", model.inBodyThreshold()));
            case ModelState.Absent(String reason) ->
                trail.record(trail.event("model-absent").with("reason", reason));
            case ModelState.Loading() -> trail.record(trail.event("model-loading"));
        }
    }
}
