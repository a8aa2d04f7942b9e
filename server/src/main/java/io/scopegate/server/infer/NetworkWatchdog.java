package io.scopegate.server.infer;

import io.scopegate.server.frame.ServerClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells whether a network still answers. It does not while a run has exceeded its time, while runs have failed for
 * some time with no success in between, while no network serves and the one being loaded hangs, or once the device is
 * lost. Any thread, except that {@link #look()} is called by one thread every {@link #TICK}.
 */
public final class NetworkWatchdog {

    /** How often to call {@link #look()}. */
    public static final Duration TICK = Duration.ofMillis(100);

    /**
     * How many runs must have failed, over at least {@link #FAILING}: one failed run is an accident, and so are
     * several within a moment.
     */
    private static final int FAILURES = 3;

    private static final Duration FAILING = Duration.ofMillis(500);

    private final WatchdogSettings settings;
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

    /** Creates the watchdog of a network that counts as alive until a run shows otherwise. */
    public NetworkWatchdog(WatchdogSettings settings, ServerClock clock) {
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

    /** A run that has begun. The caller must report how it ends, if it ever does. */
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

        /**
         * Adds the time to the run's age, and returns whether it has taken too long. Time before the run was first
         * seen may not be its own, so it does not count.
         */
        private boolean passed(Duration time) {
            age = seen ? age.plus(time) : age;
            seen = true;
            return age.compareTo(limit) >= 0;
        }

        /** The run has returned a usable result. */
        public void succeeded() {
            ended(End.ANSWERED);
        }

        /**
         * The run has returned a result by which no frame can be judged. The cause may be its frames, so this says
         * nothing about the network, except that a run without a frame has to be made soon.
         */
        public void unusable() {
            ended(End.UNUSABLE);
        }

        /**
         * The same for a run over a black picture. If frames could not be judged either, it is the network's fault;
         * otherwise the network has answered.
         */
        public void unusableOverBlack() {
            ended(End.UNUSABLE_OVER_BLACK);
        }

        /** The run was ended from outside, which says nothing about the network. */
        public void terminated() {
            ended(End.TERMINATED);
        }

        /** The run has ended without a result. */
        public void failed() {
            ended(End.FAILED);
        }

        /** The run has ended without a result, and so will every other run in this process. */
        public void lostDevice() {
            NetworkWatchdog.this.lostDevice();
            failed();
        }

        /** Does not allocate: a run whose end could not be recorded would count as hung. */
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

    /** How a run has ended. */
    private enum End {
        ANSWERED,
        UNUSABLE,
        UNUSABLE_OVER_BLACK,
        FAILED,
        TERMINATED
    }

    private void count(End how) {
        switch (how) {
            case ANSWERED -> answers();
            case UNUSABLE -> inDoubt = true;
            case UNUSABLE_OVER_BLACK -> returnedOverBlack();
            case FAILED -> failures++;
            case TERMINATED -> {}
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
     * Begins a run.
     *
     * @param modelLimit how long it may take, going by what its model took before; a configured limit takes precedence
     * @param whenHung called once if it takes longer, on the thread that calls {@link #look()}
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
                // The set may hold the run although it failed to grow for lack of memory.
                running.remove(run);
            }
            lock.unlock();
        }
    }

    /** Notes that no run in this process will give a result again. */
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

    /** Notes whether a network hangs while it is loaded and none serves meanwhile. */
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

    /** Notes that there is no network that could answer. */
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
     * Returns how long after the last run that judged a frame, or the last run without a frame, the next run without a
     * frame is due. Shorter while runs fail or judge no frame.
     */
    public Duration untilCanary() {
        lock.lock();
        try {
            return failures == 0 && !inDoubt ? settings.canaryInterval() : TICK;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts the time since the last look, and detects hung runs. Time during which the whole process stood still does
     * not count.
     */
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
            // Marked last: if memory runs out before this, the next look reports these runs.
            untold.forEach(run -> run.told = true);
            changed = measured();
        } finally {
            lock.unlock();
        }
        // The frames of hung runs come first; listeners can wait.
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

    /** Returns how many runs have exceeded their time and not returned. */
    public int hung() {
        lock.lock();
        try {
            return hung.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the network answers. */
    public Life life() {
        lock.lock();
        try {
            return life;
        } finally {
            lock.unlock();
        }
    }

    /** Calls the listener after each change of {@link #life()}, on the thread that caused it. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Called under the lock after each change. Returns whether {@link #life()} has changed. */
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
