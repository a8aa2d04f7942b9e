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
 */
public record LoadPlan(int streams, double framesPerSecond, Duration warmUp, Duration duration, DeliveryPolicy policy) {

    /** Whether devices send as fast as they are let. */
    public boolean saturates() {
        return framesPerSecond == 0;
    }
}
