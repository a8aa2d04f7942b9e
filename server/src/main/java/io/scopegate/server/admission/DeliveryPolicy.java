package io.scopegate.server.admission;

/** What happens to frames that arrive faster than they can be judged. */
public enum DeliveryPolicy {
    /** One frame waits, and a newer one replaces it. */
    LATEST_WINS,
    /**
     * Credit is withheld until there is room. A frame is rejected only if the waiting pictures of all streams have used
     * up their memory.
     */
    BLOCK,
    /** A frame that finds no room is rejected. */
    REJECT_NEWEST
}
