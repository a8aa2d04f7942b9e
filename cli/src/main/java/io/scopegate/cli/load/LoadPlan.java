package io.scopegate.cli.load;

import io.scopegate.client.DeliveryPolicy;
import java.time.Duration;

/**
 * How devices send.
 *
 * @param streams how many devices send at once
 * @param framesPerSecond of each device; 0 sends as fast as the server's credit allows
 * @param warmUp sent before, and not measured
 * @param duration of the measurement
 * @param policy what is to happen to frames for which the server has no time
 * @param mostUnanswered how many frames of a device may be unanswered at once, within the server's credit
 */
public record LoadPlan(
        int streams,
        double framesPerSecond,
        Duration warmUp,
        Duration duration,
        DeliveryPolicy policy,
        int mostUnanswered) {

    /** As many unanswered frames as the server's credit allows. */
    public LoadPlan(int streams, double framesPerSecond, Duration warmUp, Duration duration, DeliveryPolicy policy) {
        this(streams, framesPerSecond, warmUp, duration, policy, Integer.MAX_VALUE);
    }

    /** The same, but with at most so many unanswered frames of a device. */
    public LoadPlan withUnanswered(int most) {
        return new LoadPlan(streams, framesPerSecond, warmUp, duration, policy, most);
    }

    /** The same for so long. */
    public LoadPlan lasting(Duration newWarmUp, Duration newDuration) {
        return new LoadPlan(streams, framesPerSecond, newWarmUp, newDuration, policy, mostUnanswered);
    }

    /** The same, as fast as the server's credit allows. */
    public LoadPlan atFullSpeed() {
        return new LoadPlan(streams, 0, warmUp, duration, policy, mostUnanswered);
    }

    /** Whether devices send as fast as they are let. */
    public boolean saturates() {
        return framesPerSecond == 0;
    }
}
