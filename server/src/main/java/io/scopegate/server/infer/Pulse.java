package io.scopegate.server.infer;

import io.scopegate.server.frame.ServerClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the network still answers. It does not while a run has not returned in its time, nor while runs have failed
 * for some time and none has succeeded in between, nor while there is none because it hangs as it is loaded, nor once the
 * device is lost. Any thread; {@link #look()} by one thread every {@link #TICK}.
 */
public final class Pulse {

    /** How often to look. */
    public static final Duration TICK = Duration.ofMillis(100);

    /** One failed run is an accident, and so are some within a moment. */
    private static final int FAILURES = 3;

    private static final Duration FAILING = Duration.ofMillis(500);

    private final PulseSettings settings;
    private final ServerClock clock;
    private final Listeners<Runnable> listeners =
            new Listeners<>("failed to notify a listener that a network answers or no longer answers");
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Run> running = new HashSet<>();
    private final Set<Run> hung = new HashSet<>();
    private boolean deviceLost;
    private boolean inDoubt;
    private boolean loadHangs;
    private int failures;
    private Duration failing = Duration.ZERO;
    private long lastLookNanos;
    private Life life = Life.ALIVE;

    /** Alive until a run shows otherwise. */
    public Pulse(PulseSettings settings, ServerClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.lastLookNanos = clock.nanoTime();
    }

    /**
     * Whether the network answers.
     *
     * @param alive true unless it is known not to
     * @param reason for people; empty while it is alive
     */
    public record Life(boolean alive, String reason) {

        static final Life ALIVE = new Life(true, "");
        static final Life DEVICE_LOST = new Life(false, "the device is lost until the server is started anew");
        static final Life HUNG = new Life(false, "a run of the network does not return");
        static final Life LOAD_HUNG = new Life(false, "a network that is being loaded does not return");
        static final Life FAILING = new Life(false, "every run of the network fails");
    }

    /** A run that has begun. Has to be told how it ends, if it ever does. */
    public final class Run {

        private final Duration limit;
        private final Runnable whenHung;
        private Duration age = Duration.ZERO;
        private boolean seen;
        private boolean told;

        private Run(Duration limit, Runnable whenHung) {
            this.limit = limit;
            this.whenHung = whenHung;
        }

        /** True if it has taken too long. What passed before it was first seen is not known to be its own. */
        private boolean passed(Duration time) {
            age = seen ? age.plus(time) : age;
            seen = true;
            return age.compareTo(limit) >= 0;
        }

        /** It has given a result. */
        public void succeeded() {
            ended(End.ANSWERED);
        }

        /**
         * It has given a result by which no frame can be judged. That may be for what its frames were, so that it tells
         * nothing of the network but that a run without a frame has to be made soon.
         */
        public void unusable() {
            ended(End.UNUSABLE);
        }

        /** The same of a run over a black picture: while no frame can be judged either, it is the network's fault. */
        public void unusableOverBlack() {
            ended(End.UNUSABLE_OVER_BLACK);
        }

        /** It has returned without a result. */
        public void failed() {
            ended(End.FAILED);
        }

        /** It has returned without a result, and so will every other in this process. */
        public void lostDevice() {
            Pulse.this.lostDevice();
            failed();
        }

        /** Takes no memory: one that could not be told of would be taken for hung. */
        private void ended(End how) {
            boolean changed;
            lock.lock();
            try {
                running.remove(this);
                hung.remove(this);
                count(how);
                changed = measured();
            } finally {
                lock.unlock();
            }
            tell(changed);
        }
    }

    /** How a run has come to its end. */
    private enum End {
        ANSWERED,
        UNUSABLE,
        UNUSABLE_OVER_BLACK,
        FAILED
    }

    private void count(End how) {
        switch (how) {
            case ANSWERED -> answers();
            case UNUSABLE -> inDoubt = true;
            case UNUSABLE_OVER_BLACK -> returnedOverBlack();
            case FAILED -> failures++;
        }
    }

    private void returnedOverBlack() {
        if (inDoubt) {
            failures++;
        } else {
            answers();
        }
    }

    private void answers() {
        inDoubt = false;
        failures = 0;
        failing = Duration.ZERO;
    }

    /**
     * A run begins.
     *
     * @param modelLimit how long one may take by what its model took before; a configured limit goes before it
     * @param whenHung is run once if it takes longer, by the thread that looks
     */
    public Run begin(Duration modelLimit, Runnable whenHung) {
        Run run = new Run(settings.hangLimit() == null ? modelLimit : settings.hangLimit(), whenHung);
        boolean begun = false;
        lock.lock();
        try {
            begun = running.add(run);
            return run;
        } finally {
            if (!begun) {
                // It may be there all the same, where there was no memory for more of them.
                running.remove(run);
            }
            lock.unlock();
        }
    }

    /** No run in this process will give a result again. */
    public void lostDevice() {
        boolean changed;
        lock.lock();
        try {
            deviceLost = true;
            changed = measured();
        } finally {
            lock.unlock();
        }
        tell(changed);
    }

    /** Whether a network that is to answer, where none does, hangs while it is loaded. */
    public void loadHangs(boolean hangs) {
        boolean changed;
        lock.lock();
        try {
            loadHangs = hangs;
            changed = measured();
        } finally {
            lock.unlock();
        }
        tell(changed);
    }

    /** There is no network that could answer. */
    public void nothingToRun() {
        boolean changed;
        lock.lock();
        try {
            answers();
            changed = measured();
        } finally {
            lock.unlock();
        }
        tell(changed);
    }

    /**
     * How long after the last run that judged a frame, or the last one without a frame, one without a frame is made.
     * Shorter while runs fail or judge none.
     */
    public Duration untilCanary() {
        lock.lock();
        try {
            return failures == 0 && !inDoubt ? settings.canaryInterval() : TICK;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the time that has passed count. What this whole process stood still does not. */
    public void look() {
        List<Run> untold = new ArrayList<>();
        boolean changed;
        lock.lock();
        try {
            Duration passed = passed();
            failing = failures == 0 ? Duration.ZERO : failing.plus(passed);
            for (Run run : running) {
                if (run.passed(passed) && !run.told) {
                    hung.add(run);
                    untold.add(run);
                }
            }
            // Last, so that those of whom there is no memory to tell are told of by the next look.
            untold.forEach(run -> run.told = true);
            changed = measured();
        } finally {
            lock.unlock();
        }
        // Frames wait for this; whoever only hears of it comes after them.
        untold.forEach(run -> listeners.tell(run.whenHung, Runnable::run));
        tell(changed);
    }

    private Duration passed() {
        long now = clock.nanoTime();
        Duration passed = Duration.ofNanos(now - lastLookNanos);
        lastLookNanos = now;
        Duration most = TICK.multipliedBy(2);
        return passed.compareTo(most) > 0 ? most : passed;
    }

    /** How many runs have not returned in their time. */
    public int hung() {
        lock.lock();
        try {
            return hung.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the network answers. */
    public Life life() {
        lock.lock();
        try {
            return life;
        } finally {
            lock.unlock();
        }
    }

    /** Calls the listener whenever {@link #life()} has changed, on the thread that has changed it. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** After each change, under the lock. True if {@link #life()} is another. */
    private boolean measured() {
        Life before = life;
        life = measure();
        return !life.equals(before);
    }

    private void tell(boolean changed) {
        if (changed) {
            listeners.tell(Runnable::run);
        }
    }

    private Life measure() {
        if (deviceLost) {
            return Life.DEVICE_LOST;
        }
        if (!hung.isEmpty()) {
            return Life.HUNG;
        }
        if (loadHangs) {
            return Life.LOAD_HUNG;
        }
        return failures >= FAILURES && failing.compareTo(FAILING) >= 0 ? Life.FAILING : Life.ALIVE;
    }
}
