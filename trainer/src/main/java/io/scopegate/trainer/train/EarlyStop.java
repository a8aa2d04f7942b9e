package io.scopegate.trainer.train;

/**
 * Why a run ended before its last planned epoch: its validation accuracy no longer improved.
 *
 * @param epoch last epoch that was trained, from 1
 * @param epochs number of planned epochs
 * @param bestEpoch first epoch with the highest validation accuracy
 * @param patience number of validations in a row without a better accuracy after which a run ends
 */
public record EarlyStop(int epoch, int epochs, int bestEpoch, int patience) {

    /** Returns the reason as one line of text. */
    public String line() {
        return "stopped early after epoch %d of %d: ".formatted(epoch, epochs)
                + "validation accuracy has not improved since epoch %d (fit.patience: %d)"
                        .formatted(bestEpoch, patience);
    }
}
