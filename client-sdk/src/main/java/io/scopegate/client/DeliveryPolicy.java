package io.scopegate.client;

/** What the server does when frames arrive faster than it can classify them. */
public enum DeliveryPolicy {
    /** The server's default, reported in {@link AcceptedStream#deliveryPolicy()}. */
    SERVER_DEFAULT,
    /** One frame waits. A newer frame replaces it, and the older one is answered {@link Outcome#SUPERSEDED}. */
    LATEST_WINS,
    /**
     * Back-pressure: credit is withheld until there is room. A frame is answered {@link Outcome#REJECTED} with {@link
     * Reason#QUEUE_FULL} only if the server has no memory for its picture.
     */
    BLOCK,
    /** A frame that finds the queue full is answered {@link Outcome#REJECTED} with {@link Reason#QUEUE_FULL}. */
    REJECT_NEWEST
}
