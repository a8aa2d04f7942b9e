package io.scopegate.client;

import java.util.ArrayDeque;
import java.util.Queue;

/** What a stream has still to give out, in order. Guarded by its owner's lock. */
final class Deliveries {
    /** So many events besides answers may wait; more are left with the transport until the application catches up. */
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

    /** The oldest. There must be one. */
    Delivery remove() {
        Delivery delivery = queue.remove();
        answers -= answersIn(delivery);
        return delivery;
    }

    /** How many frames are answered and still hold their credit. */
    int answers() {
        return answers;
    }

    /** Whether the next message may be read from the transport. */
    boolean hasRoom() {
        return queue.size() - answers < MOST_EVENTS;
    }

    private static int answersIn(Delivery delivery) {
        return delivery instanceof Delivery.Answered ? 1 : 0;
    }
}
