package io.scopegate.server.admission;

/**
 * How much one stream may hold.
 *
 * @param frames with their pictures, from arrival to verdict
 * @param unanswered frames where frames are dropped rather than blocked; most of them hold no picture
 */
public record StreamRoom(int frames, int unanswered) {

    public StreamRoom {
        if (frames < 1 || unanswered < frames) {
            throw new IllegalArgumentException(
                    "room: at least 1 frame and as many unanswered, not " + frames + " and " + unanswered);
        }
    }
}
