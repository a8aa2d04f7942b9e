package io.scopegate.server.verdict;

import java.time.Duration;

/**
 * What the server lets its streams choose.
 *
 * @param defaults for a stream that leaves it open
 * @param smoothing bounds of the wait before in body
 * @param frozen bounds of the time after which a picture counts as frozen
 */
public record VerdictLimits(VerdictPolicy defaults, SmoothingLimits smoothing, FrozenLimits frozen) {

    public VerdictLimits {
        smoothing.check(defaults);
        frozen.check(defaults);
    }

    /**
     * For a frame without a stream. It can earn nothing and nobody sees whether its picture is frozen, so that it is in
     * body only where a stream may do without both.
     */
    public VerdictPolicy singleFrame() {
        return smoothing.optional() && frozen.optional() ? VerdictPolicy.SINGLE_FRAME : VerdictPolicy.UNEARNED;
    }

    /**
     * Bounds of the wait before in body. Where a lower one is above none, a stream cannot turn smoothing off.
     *
     * @param leastFrames consecutive in-body frames
     * @param mostFrames consecutive in-body frames
     * @param leastTime at or above the threshold
     * @param mostTime at or above the threshold
     */
    public record SmoothingLimits(int leastFrames, int mostFrames, Duration leastTime, Duration mostTime) {

        /** Whether a stream may be answered frame by frame. */
        public boolean optional() {
            return leastFrames <= 1 && leastTime.isZero();
        }

        public boolean allowFrames(int frames) {
            return frames >= leastFrames && frames <= mostFrames;
        }

        public boolean allowTime(Duration time) {
            return time.compareTo(leastTime) >= 0 && time.compareTo(mostTime) <= 0;
        }

        private void check(VerdictPolicy defaults) {
            if (!allowFrames(defaults.framesToInBody()) || !allowTime(defaults.timeToInBody())) {
                throw new IllegalArgumentException("smoothing: default frames and time within " + this + ", not "
                        + defaults.framesToInBody() + " and " + defaults.timeToInBody());
            }
        }
    }

    /**
     * Bounds of the time after which a picture counts as frozen.
     *
     * @param shortest that a stream may ask for
     * @param longest that a stream may ask for
     * @param optional whether a stream may turn the detection off
     */
    public record FrozenLimits(Duration shortest, Duration longest, boolean optional) {

        public boolean allow(Duration after) {
            return after.compareTo(shortest) >= 0 && after.compareTo(longest) <= 0;
        }

        private void check(VerdictPolicy defaults) {
            if (defaults.frozenAfter() != null && !allow(defaults.frozenAfter())) {
                throw new IllegalArgumentException(
                        "frozen-picture: default time within " + this + ", not " + defaults.frozenAfter());
            }
        }
    }
}
