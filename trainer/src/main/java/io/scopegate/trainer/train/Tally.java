package io.scopegate.trainer.train;

import io.scopegate.trainer.dataset.Label;
import java.util.List;

/** Sums up frames, correct answers and losses over the batches of an epoch. */
final class Tally {

    private int frames;
    private int right;
    private double loss;

    /** The sums so far. */
    record Sums(int frames, int right, double loss) {
        static final Sums NONE = new Sums(0, 0, 0);
    }

    Tally(Sums start) {
        frames = start.frames;
        right = start.right;
        loss = start.loss;
    }

    void add(double batchLoss, Batch batch, float[] logits) {
        loss += batchLoss;
        List<Label> labels = batch.labels();
        for (int k = 0; k < labels.size(); k++) {
            boolean inBody = logits[2 * k] >= logits[2 * k + 1];
            right += inBody == (labels.get(k) == Label.IN_BODY) ? 1 : 0;
        }
        frames += labels.size();
    }

    Sums sums() {
        return new Sums(frames, right, loss);
    }

    int frames() {
        return frames;
    }

    double meanLoss() {
        return loss / frames;
    }

    double accuracy() {
        return (double) right / frames;
    }
}
