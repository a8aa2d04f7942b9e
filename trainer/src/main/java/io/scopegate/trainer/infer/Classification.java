package io.scopegate.trainer.infer;

import io.scopegate.trainer.dataset.FrameReader;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.PictureList;
import io.scopegate.trainer.dataset.PictureList.Picture;
import io.scopegate.trainer.evaluate.Softmax;
import io.scopegate.trainer.network.FrameNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A network's answer for one picture.
 *
 * @param picture the picture
 * @param inBodyLogit first output of the network
 * @param outOfBodyLogit second output of the network
 */
public record Classification(Picture picture, float inBodyLogit, float outOfBodyLogit) {

    /**
     * Classifies all pictures, decoded and preprocessed as in the server.
     *
     * @param listener receives each classification immediately
     * @throws IOException if a picture cannot be completely decoded, the network fails, or a logit is not finite
     */
    public static List<Classification> run(FrameNetwork network, PictureList list, Consumer<Classification> listener)
            throws IOException {
        List<Classification> classifications = new ArrayList<>();
        try (FrameReader reader = new FrameReader()) {
            for (Picture picture : list.pictures()) {
                float[] logits = network.logits(reader.tensor(picture.file()));
                requireFinite(picture, logits);
                Classification classification = new Classification(picture, logits[0], logits[1]);
                listener.accept(classification);
                classifications.add(classification);
            }
        }
        return classifications;
    }

    /** Checks that the logits are finite, because others would still be written as a class. */
    private static void requireFinite(Picture picture, float[] logits) throws IOException {
        if (!Float.isFinite(logits[0]) || !Float.isFinite(logits[1])) {
            throw new IOException(
                    "%s: logits: finite numbers, not %s and %s".formatted(picture.file(), logits[0], logits[1]));
        }
    }

    /** Returns the probability of in body. */
    public double inBody() {
        return Softmax.inBody(new float[] {inBodyLogit, outOfBodyLogit});
    }

    /** Returns the class with the larger logit: in body if both are equal, out of body if one is not a number. */
    public Label predicted() {
        return inBodyLogit >= outOfBodyLogit ? Label.IN_BODY : Label.OUT_OF_BODY;
    }
}
