package io.scopegate.server.verdict;

import java.time.Duration;

/**
 * The server's limits on what a stream may choose.
 *
 * @param defaults for a stream that chooses nothing
 * @param smoothing bounds of the wait before in body
 * @param frozen bounds of the time after which a picture counts as frozen
 */
public record VerdictLimits(VerdictPolicy defaults, SmoothingLimits smoothing, FrozenLimits frozen) {

    public VerdictLimits {
        smoothing.check(defaults);
        frozen.check(defaults);
    }

    /**
     * Returns the policy for a frame without a stream. Such a frame can earn nothing, and nobody sees whether its
     * picture is frozen, so it is in body only if a stream may turn both off.
     */
    public VerdictPolicy singleFrame() {
        return smoothing.optional() && frozen.optional() ? VerdictPolicy.SINGLE_FRAME : VerdictPolicy.UNEARNED;
    }

    /**
     * Bounds of the wait before in body. A stream cannot turn smoothing off if a lower bound requires any wait.
     *
     * @param leastFrames the fewest consecutive in-body frames
     * @param mostFrames the most consecutive in-body frames
     * @param leastTime the shortest time at or above the threshold
     * @param mostTime the longest time at or above the threshold
     */
    public record SmoothingLimits(int leastFrames, int mostFrames, Duration leastTime, Duration mostTime) {

        /** Returns whether a stream may be answered frame by frame. */
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
     * @param shortest the shortest time that a stream may ask for
     * @param longest the longest time that a stream may ask for
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
