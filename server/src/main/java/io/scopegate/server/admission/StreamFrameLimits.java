package io.scopegate.server.admission;

/**
 * How many frames one stream may hold.
 *
 * @param frames how many frames may be inside with their pictures, from arrival to verdict
 * @param unanswered how many frames may be unanswered under a policy that drops frames instead of blocking; most of
 *     them hold no picture
 */
public record StreamFrameLimits(int frames, int unanswered) {

    public StreamFrameLimits {
        if (frames < 1 || unanswered < frames) {
            throw new IllegalArgumentException(
                    "frames: at least 1, and unanswered at least as many, not " + frames + " and " + unanswered);
        }
    }
}
