package io.scopegate.server.model;

import io.scopegate.inference.target.PassedOver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying a version on some targets.
 *
 * @param model that is proven, on the first target on which it is; null if it is on none. The caller owns it
 * @param passedOver the targets before it
 */
record TargetTrial(@Nullable ServedModel model, List<PassedOver> passedOver) {

    TargetTrial {
        passedOver = List.copyOf(passedOver);
    }

    /** True if every target answered, and otherwise than the model should. */
    boolean modelToBlame() {
        return passedOver.stream().noneMatch(PassedOver::mayPass);
    }
}
