package io.scopegate.client;

import java.util.List;
import java.util.Optional;

/**
 * The model that classifies a stream's frames.
 *
 * @param reference empty while no model is served, or not the one that was selected: frames are then answered out of
 *     body with {@link Reason#NO_MODEL}
 * @param labels in the order of {@link FrameAnswer#probabilities()}
 * @param inBodyThreshold the lowest in-body probability that is answered in body
 */
public record ServedModel(Optional<ModelReference> reference, List<String> labels, double inBodyThreshold) {

    /** Copies the labels. */
    public ServedModel {
        labels = List.copyOf(labels);
    }
}
