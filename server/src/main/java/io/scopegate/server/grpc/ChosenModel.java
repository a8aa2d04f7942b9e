package io.scopegate.server.grpc;

import io.scopegate.server.admission.ModelSelection;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;
import org.jspecify.annotations.Nullable;

/**
 * The model that a call has selected.
 *
 * @param selection as the client stated it
 * @param model the served model that it refers to
 * @param served the version of the model that is served now; null for none
 */
record ChosenModel(
        ModelSelection selection,
        NamedModel model,
        @Nullable ModelIdentity served) {

    /**
     * Resolves a selection. A model that is not among the served ones is refused, and so is a version other than the
     * served one. While no version of the model is served, any may be selected.
     *
     * @param wire null for the default model
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
