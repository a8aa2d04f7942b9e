package io.scopegate.server.infer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Who is told of a change. It has happened, whatever a listener makes of it: a fault of one hinders neither the others nor
 * whoever tells. Any thread.
 *
 * @param <L> kind of listener
 */
public final class Listeners<L> {

    private final OngoingFault untold;
    private final List<L> all = new CopyOnWriteArrayList<>();

    /** @param untold what the log says where one fails */
    public Listeners(String untold) {
        this.untold = OngoingFault.of(Listeners.class, untold);
    }

    /** For good. */
    public void add(L listener) {
        all.add(listener);
    }

    /**
     * Tells each on this thread, those who came first first. Takes no memory. That one fails is logged once until all have
     * heard of a change.
     *
     * @return whether each of them has heard
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

    /** Tells one, who need not be among them, in the same way. */
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
