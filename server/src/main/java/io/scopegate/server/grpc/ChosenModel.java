package io.scopegate.server.grpc;

import io.scopegate.server.admission.ModelSelection;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import org.jspecify.annotations.Nullable;

/**
 * The model that a call asks for.
 *
 * @param selection what it asks for
 * @param model that is meant
 * @param served its version that serves now, if one does
 */
record ChosenModel(
        ModelSelection selection,
        NamedModel model,
        @Nullable ModelIdentity served) {

    /**
     * Refuses a model that is not among the served ones, and a version that is not the served one. While none of that
     * name is served, any version may be asked for.
     *
     * @param wire null for the first model
     */
    static ChosenModel of(Models models, io.scopegate.proto.v1.@Nullable ModelSelection wire)
            throws CallRefusedException {
        ModelSelection selection = wire == null ? ModelSelection.SERVED : read(wire);
        NamedModel model = models.find(selection.name())
                .orElseThrow(() -> CallRefusedException.unknownModel("one of " + models.names(), selection));
        ModelIdentity served = model.served();
        if (served != null && !selection.matches(served)) {
            throw CallRefusedException.unknownModel(served.reference(), selection);
        }
        return new ChosenModel(selection, model, served);
    }

    private static ModelSelection read(io.scopegate.proto.v1.ModelSelection wire) {
        return new ModelSelection(
                wire.getName().isEmpty() ? null : wire.getName(),
                wire.getVersion().isEmpty() ? null : wire.getVersion());
    }
}
