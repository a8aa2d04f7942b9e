package io.scopegate.server.admission;

/** What happens to a frame for which there is no time. */
public enum DeliveryPolicy {
    /** One frame waits; a newer one takes its place. */
    LATEST_WINS,
    /** Credit is withheld until there is room; one is rejected only where all streams have no memory for it. */
    BLOCK,
    /** A frame that finds no room is rejected. */
    REJECT_NEWEST
}
