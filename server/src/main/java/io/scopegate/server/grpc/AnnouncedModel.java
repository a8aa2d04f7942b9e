package io.scopegate.server.grpc;

import io.scopegate.proto.v1.ModelChanged;
import io.scopegate.server.admission.StreamTerms;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps track of the model that a client has been told of. The client is told of another model before the first answer
 * that comes from it, and that there is none once no version is served, or not the one that it has selected.
 */
final class AnnouncedModel {

    private @Nullable StreamTerms terms;
    private @Nullable ModelIdentity known;

    /** Sets what the client was told when its stream was accepted. To be called before any answer. */
    void accepted(StreamTerms settledOn, @Nullable ModelIdentity model) {
        terms = settledOn;
        known = model;
    }

    /** Returns the message that has to be sent before this answer, or null. */
    @Nullable
    ModelChanged before(FrameAnswer answer) {
        ModelIdentity model = known;
        if (answer.outcome() instanceof Classified classified) {
            model = classified.model();
        } else if (answer.outcome() instanceof Failed(Reason reason, String ignored) && reason == Reason.NO_MODEL) {
            model = null;
        }
        if (Objects.equals(model, known)) {
            return null;
        }
        known = model;
        return changedTo(model);
    }

    private ModelChanged changedTo(@Nullable ModelIdentity model) {
        if (model == null || terms == null) {
            return ModelChanged.getDefaultInstance();
        }
        return ModelChanged.newBuilder()
                .setModel(AnswerWriter.model(model))
                .addAllLabels(model.labels())
                .setInBodyThreshold(terms.threshold(model))
                .build();
    }
}
