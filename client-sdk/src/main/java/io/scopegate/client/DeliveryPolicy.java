package io.scopegate.client;

/** What a server does with a frame for which there is no time. */
public enum DeliveryPolicy {
    /** The server's default, named in {@link AcceptedStream#deliveryPolicy()}. */
    SERVER_DEFAULT,
    /** One frame waits; a newer one takes its place and the older one is answered {@link Outcome#SUPERSEDED}. */
    LATEST_WINS,
    /** Credit is withheld until there is room; a frame is dropped only where the server has no memory for its picture. */
    BLOCK,
    /** A frame that finds no room is answered {@link Outcome#REJECTED} with {@link Reason#QUEUE_FULL}. */
    REJECT_NEWEST
}
