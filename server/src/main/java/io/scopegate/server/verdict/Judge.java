package io.scopegate.server.verdict;

import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.inference.Softmax;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns one frame's logits into its verdict. Whatever is not clearly in body is out of body. */
public final class Judge {

    private Judge() {}

    /**
     * Judges one frame.
     *
     * @param logits the network's output for it
     * @param model the model that produced them
     * @param threshold the lowest in-body probability that is answered in body
     */
    public static FrameOutcome judge(float[] logits, ModelIdentity model, double threshold) {
        Failed unfit = unfit(logits, model);
        return unfit == null ? classify(Softmax.of(logits), model, threshold) : unfit;
    }

    /** Returns why no frame can be judged by these logits, or null if one can. */
    public static @Nullable Failed unfit(float[] logits, ModelIdentity model) {
        int labels = model.labels().size();
        if (logits.length != labels) {
            return new Failed(Reason.WRONG_OUTPUT_SHAPE, "output: " + labels + " logits, not " + logits.length);
        }
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                return new Failed(Reason.NON_FINITE_OUTPUT, "output: finite logits, not " + Arrays.toString(logits));
            }
        }
        return null;
    }

    private static Classified classify(double[] probabilities, ModelIdentity model, double threshold) {
        double inBody = probabilities[model.labels().indexOf(ModelManifest.IN_BODY)];
        // Written so that a comparison with not-a-number, which is always false, is out of body.
        boolean outOfBody = !(inBody >= threshold);
        int rawClass = 0;
        List<Double> listed = new ArrayList<>(probabilities.length);
        for (int i = 0; i < probabilities.length; i++) {
            listed.add(probabilities[i]);
            rawClass = probabilities[i] > probabilities[rawClass] ? i : rawClass;
        }
        return new Classified(model, listed, rawClass, !outOfBody);
    }
}
