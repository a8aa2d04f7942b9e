package io.scopegate.cli.bench;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.trainer.sampledata.FrameSize;
import java.time.Duration;

/**
 * What is measured.
 *
 * @param streams how many devices send at once
 * @param framesPerSecond of each device; 0 saturates
 * @param duration of the measurement, after the warm-up
 * @param pixelFormat of the frames
 * @param size of the frames
 * @param threads of the inference engine, in the server and bare
 */
record BenchPlan(
        int streams, double framesPerSecond, Duration duration, PixelFormat pixelFormat, FrameSize size, int threads) {

    /** Not measured, before every measurement. */
    static final Duration WARM_UP = Duration.ofSeconds(2);

    boolean saturates() {
        return framesPerSecond == 0;
    }
}
