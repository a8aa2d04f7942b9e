package io.scopegate.server.audit;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Twenty openings and ends of streams a second are told of each device, and of the others how many there were, in one line:
 * a device may open streams again and again without a pause. The devices beyond sixty-four in a second count as one, since
 * a device calls itself what it likes. Any thread.
 */
final class StreamSums {

    /** No device is called that. */
    static final String OTHERS = "(others)";

    static final int MOST_DEVICES = 64;

    private static final int MOST_A_SECOND = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AuditTrail trail;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Sum> sums = new HashMap<>();

    StreamSums(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * What is known of a stream at its end.
     *
     * @param answered frames
     * @param abandoned frames
     * @param verdicts changes of its verdict that were not told
     */
    record End(long answered, long abandoned, int verdicts) {}

    /** Of one device, in one second. */
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

    /** Whether the opening of a stream is to be told; if not, it is counted. */
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

    /** Whether the end of a stream is to be told; if not, it is counted. */
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

    /** Tells what was counted in seconds that are over, and forgets them. */
    void tell() {
        long now = trail.nanoTime();
        tell(sum -> now - sum.secondStarts >= SECOND);
    }

    /** Tells what was counted until now. */
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
