package io.scopegate.trainer.train;

/**
 * Why a run ended before its last epoch: its validation accuracy no longer improved.
 *
 * @param epoch the last that was trained, from 1
 * @param epochs planned
 * @param bestEpoch the first with the highest validation accuracy
 * @param patience validations in a row without a better one after which a run ends
 */
public record EarlyStop(int epoch, int epochs, int bestEpoch, int patience) {

    /** One line for people. */
    public String line() {
        return "stopped early after epoch %d of %d: ".formatted(epoch, epochs)
                + "validation accuracy has not improved since epoch %d (fit.patience: %d)"
                        .formatted(bestEpoch, patience);
    }
}
