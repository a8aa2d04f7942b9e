package io.scopegate.cli.input;

import java.util.concurrent.locks.LockSupport;

/** Beats at an even rate from its creation on, so that frames are sent as a camera sends them. */
public final class Metronome {

    private static final double NANOS_A_SECOND = 1e9;

    private final long startNanos = System.nanoTime();
    private final double beatsPerSecond;

    public Metronome(double beatsPerSecond) {
        this.beatsPerSecond = beatsPerSecond;
    }

    /**
     * Blocks until this beat, counted from 0. Returns at once if it has passed or the thread is interrupted, and
     * leaves the interrupt status set.
     */
    public void await(long beat) {
        long due = startNanos + (long) (beat * NANOS_A_SECOND / beatsPerSecond);
        for (long left = due - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
