package io.scopegate.trainer.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** Prints progress as a line every ten seconds, for logs and pipes. Shorter steps print nothing. For one thread. */
final class ProgressNotes implements IntConsumer {

    private static final long NANOS_BETWEEN = Duration.ofSeconds(10).toNanos();

    private final PrintStream out;
    private final String what;
    private final int total;
    private final LongSupplier nanoTime;
    private long last;

    /** Starts to measure the time. */
    ProgressNotes(PrintStream out, String what, int total, LongSupplier nanoTime) {
        this.out = out;
        this.what = what;
        this.total = total;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    @Override
    public void accept(int done) {
        long now = nanoTime.getAsLong();
        if (now - last < NANOS_BETWEEN) {
            return;
        }
        last = now;
        out.printf("%s: %d of %d (%d %%)%n", what, done, total, 100L * done / total);
        out.flush();
    }
}
