package io.scopegate.server.model;

import io.scopegate.inference.target.SkippedTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of trying a version on some targets.
 *
 * @param model verified model on the first target that passed, owned by the caller; null if none passed
 * @param passedOver targets before it, with the reasons
 */
record TargetTrial(@Nullable ServedModel model, List<SkippedTarget> passedOver) {

    TargetTrial {
        passedOver = List.copyOf(passedOver);
    }

    /**
     * Returns true if none of the targets was passed over for a reason that may pass: the model itself failed on each.
     */
    boolean modelToBlame() {
        return passedOver.stream().noneMatch(SkippedTarget::mayPass);
    }
}
