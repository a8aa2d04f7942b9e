package io.scopegate.server.infer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The listeners to be told of a change. The change has happened, whatever a listener makes of it: a fault of one
 * listener affects neither the others nor the caller. Any thread.
 *
 * @param <L> kind of listener
 */
public final class Listeners<L> {

    private final OngoingFault untold;
    private final List<L> all = new CopyOnWriteArrayList<>();

    /** @param untold what to log if a listener fails */
    public Listeners(String untold) {
        this.untold = OngoingFault.of(Listeners.class, untold);
    }

    /** Adds a listener. It cannot be removed. */
    public void add(L listener) {
        all.add(listener);
    }

    /**
     * Tells each listener on this thread, in the order in which they were added. Does not allocate. A failure is
     * logged once, until a change has reached all listeners.
     *
     * @return whether all listeners were told without a failure
     */
    public boolean tell(Consumer<? super L> how) {
        boolean heard = true;
        for (int i = 0; i < all.size(); i++) {
            heard &= tell(all.get(i), how);
        }
        if (heard) {
            untold.over();
        }
        return heard;
    }

    /** Tells one listener in the same way; it need not have been added. */
    boolean tell(L listener, Consumer<? super L> how) {
        try {
            how.accept(listener);
            return true;
        } catch (RuntimeException | Error e) {
            untold.say(e);
            return false;
        }
    }
}
