package io.scopegate.trainer.cli;

import java.io.PrintStream;
import java.util.function.IntConsumer;

/**
 * Draws a progress bar on a terminal, again and again in one line, with the numbers of frames done and in total. For
 * one thread.
 */
final class ProgressLine implements IntConsumer {

    private static final int CELLS = 30;

    private final PrintStream terminal;
    private final String what;
    private final int total;
    private int percent = -1;

    ProgressLine(PrintStream terminal, String what, int total) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
    }

    /**
     * Returns a progress bar on standard error if there is a terminal, otherwise {@link ProgressNotes} on standard
     * error.
     */
    static IntConsumer of(String what, int total) {
        boolean seen = System.console() != null && System.console().isTerminal();
        return seen
                ? new ProgressLine(System.err, what, total)
                : new ProgressNotes(System.err, what, total, System::nanoTime);
    }

    @Override
    public void accept(int done) {
        int now = (int) (100L * done / total);
        if (now == percent) {
            return;
        }
        percent = now;
        int filled = CELLS * percent / 100;
        terminal.printf(
                "\r%s [%s%s] %d of %d%s",
                what, "#".repeat(filled), ".".repeat(CELLS - filled), done, total, done == total ? "\n" : "");
        terminal.flush();
    }
}
