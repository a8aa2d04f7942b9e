package io.scopegate.client;

import java.util.ArrayDeque;
import java.util.Queue;

/** What a stream has yet to hand out, in order. Guarded by its owner's lock. */
final class Deliveries {
    /**
     * How many events other than answers may wait; further messages stay with the transport until the application
     * catches up.
     */
    private static final int MOST_EVENTS = 64;

    private final Queue<Delivery> queue = new ArrayDeque<>();
    private int answers;

    void add(Delivery delivery) {
        queue.add(delivery);
        answers += answersIn(delivery);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Removes and returns the oldest. There must be one. */
    Delivery remove() {
        Delivery delivery = queue.remove();
        answers -= answersIn(delivery);
        return delivery;
    }

    /** Returns how many answered frames still hold their credit. */
    int answers() {
        return answers;
    }

    /** Returns whether the next message may be read from the transport. */
    boolean hasRoom() {
        return queue.size() - answers < MOST_EVENTS;
    }

    private static int answersIn(Delivery delivery) {
        return delivery instanceof Delivery.Answered ? 1 : 0;
    }
}
