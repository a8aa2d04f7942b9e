package io.scopegate.server.audit;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Limits how many openings and ends of streams the audit log records, since a device may open streams again and again
 * without a pause. Twenty a second are recorded for each device; the others are summed up in one line. The devices
 * beyond sixty-four in a second count as one, since a device may call itself anything. Any thread.
 */
final class StreamEventLimit {

    /** No device can have this id. */
    static final String OTHERS = "(others)";

    static final int MOST_DEVICES = 64;

    private static final int MOST_A_SECOND = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AuditTrail trail;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Sum> sums = new HashMap<>();

    StreamEventLimit(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * What is known of a stream at its end.
     *
     * @param answered answered frames
     * @param abandoned abandoned frames
     * @param verdicts changes of its verdict that were not recorded
     */
    record End(long answered, long abandoned, int verdicts) {}

    /** The sums of one device in one second. */
    private static final class Sum {
        final long secondStarts;
        int told;
        long opened;
        long ended;
        long answered;
        long abandoned;
        long verdicts;
        String last = "";

        Sum(long secondStarts) {
            this.secondStarts = secondStarts;
        }

        boolean hasRoom() {
            boolean room = told < MOST_A_SECOND;
            told += room ? 1 : 0;
            return room;
        }

        boolean isEmpty() {
            return opened + ended == 0;
        }
    }

    /** Returns whether the opening of a stream is to be recorded by itself; if not, it is added to the sums. */
    boolean hasRoomForOpening(String device, String stream) {
        lock.lock();
        try {
            Sum sum = of(device);
            boolean room = sum.hasRoom();
            if (!room) {
                sum.opened++;
                sum.last = stream;
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the end of a stream is to be recorded by itself; if not, it is added to the sums. */
    boolean hasRoomForEnd(String device, String stream, End end) {
        lock.lock();
        try {
            Sum sum = of(device);
            boolean room = sum.hasRoom();
            if (!room) {
                sum.ended++;
                sum.answered += end.answered();
                sum.abandoned += end.abandoned();
                sum.verdicts += end.verdicts();
                sum.last = stream;
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    private Sum of(String device) {
        boolean known = sums.containsKey(device) || sums.size() < MOST_DEVICES;
        return sums.computeIfAbsent(known ? device : OTHERS, name -> new Sum(trail.nanoTime()));
    }

    /** Records the sums of seconds that are over, and drops them. */
    void tell() {
        long now = trail.nanoTime();
        tell(sum -> now - sum.secondStarts >= SECOND);
    }

    /** Records and drops all sums. */
    void tellAll() {
        tell(sum -> true);
    }

    private void tell(Predicate<Sum> over) {
        lock.lock();
        try {
            Iterator<Map.Entry<String, Sum>> each = sums.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<String, Sum> entry = each.next();
                if (over.test(entry.getValue())) {
                    tell(entry.getKey(), entry.getValue());
                    each.remove();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(String device, Sum sum) {
        if (!sum.isEmpty()) {
            trail.record(trail.event("streams-left-out")
                    .with("device", device)
                    .with("opened", sum.opened)
                    .with("ended", sum.ended)
                    .with("answered", sum.answered)
                    .with("abandoned", sum.abandoned)
                    .with("verdicts", sum.verdicts)
                    .with("lastStream", sum.last));
        }
    }
}
