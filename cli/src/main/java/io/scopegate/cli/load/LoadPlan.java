package io.scopegate.cli.load;

import io.scopegate.client.DeliveryPolicy;
import java.time.Duration;

/**
 * How devices send.
 *
 * @param streams number of devices that send at the same time
 * @param framesPerSecond rate of each device; 0 sends as fast as the server's credits allow
 * @param warmUp how long they send before the measurement
 * @param duration duration of the measurement
 * @param policy what happens to frames for which the server has no time
 * @param mostUnanswered how many frames of a device may be unanswered at once, within the server's credits
 */
public record LoadPlan(
        int streams,
        double framesPerSecond,
        Duration warmUp,
        Duration duration,
        DeliveryPolicy policy,
        int mostUnanswered) {

    /** The highest rate with which a server lets a stream be opened. */
    public static final int MOST_FRAMES_PER_SECOND = 1000;

    /** Allows as many unanswered frames as the server's credits. */
    public LoadPlan(int streams, double framesPerSecond, Duration warmUp, Duration duration, DeliveryPolicy policy) {
        this(streams, framesPerSecond, warmUp, duration, policy, Integer.MAX_VALUE);
    }

    /** Returns the same plan with at most this many unanswered frames per device. */
    public LoadPlan withUnanswered(int most) {
        return new LoadPlan(streams, framesPerSecond, warmUp, duration, policy, most);
    }

    /** Returns the same plan with these durations. */
    public LoadPlan lasting(Duration newWarmUp, Duration newDuration) {
        return new LoadPlan(streams, framesPerSecond, newWarmUp, newDuration, policy, mostUnanswered);
    }

    /** Returns the same plan, as fast as the server's credits allow. */
    public LoadPlan atFullSpeed() {
        return new LoadPlan(streams, 0, warmUp, duration, policy, mostUnanswered);
    }

    /** Returns true if devices send as fast as the server's credits allow. */
    public boolean saturates() {
        return framesPerSecond == 0;
    }
}
