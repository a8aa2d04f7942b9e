package io.scopegate.server.model;

import io.scopegate.inference.target.Execution;
import io.scopegate.server.infer.Listeners;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Holds the served version of one model and leases it to frames. Thread-safe. */
public final class ModelSlot implements AutoCloseable {

    /** Name of a model without a configured name, until a version is served. No valid name looks like this. */
    public static final String UNNAMED = "?";

    private static final Occupant CLOSED = new Occupant(new ModelState.Absent("the server is stopping"), null);

    private final @Nullable String name;
    private final AtomicReference<Occupant> occupant =
            new AtomicReference<>(new Occupant(new ModelState.Loading(), null));
    private volatile String lastName = UNNAMED;
    private final Listeners<Runnable> listeners = new Listeners<>("a listener for changes of the served model failed");

    /** What the slot holds. */
    record Occupant(ModelState state, @Nullable ServedModel model) {}

    /** @param name configured name of the model; null if it serves whichever model is found */
    public ModelSlot(@Nullable String name) {
        this.name = name;
    }

    /**
     * Returns the configured name, or that of the version that is or was last served; {@link #UNNAMED} until there is
     * one.
     */
    String name() {
        return name == null ? lastName : name;
    }

    /** Returns a subject for messages: {@code model NAME}, or {@code the model} until its name is known. */
    public String called() {
        return UNNAMED.equals(name()) ? "the model" : "model " + name();
    }

    /** Returns what happens to frames while another version cannot be served, for messages. */
    String consequence() {
        return state() instanceof ModelState.Serving(var model, var _)
                ? "model " + model.reference() + " continues to serve"
                : "no version is served and its frames are answered as out of body";
    }

    /** Returns true if this slot is closed because the server is stopping. */
    boolean isClosed() {
        return occupant.get() == CLOSED;
    }

    /** Returns true if a client that asks for this name, or for none, may mean this model. */
    boolean answersTo(@Nullable String wanted) {
        return name == null || wanted == null || name.equals(wanted);
    }

    /** Returns the current state. */
    public ModelState state() {
        return occupant.get().state();
    }

    /**
     * Adds a listener that is called after each change of the state, on the thread that changes it. The last change is
     * that the slot is closed.
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Returns a lease of the served model, or null if none is served. */
    public @Nullable ModelLease lease() {
        while (true) {
            ServedModel model = occupant.get().model();
            if (model == null) {
                return null;
            }
            ModelLease lease = model.lease();
            if (lease != null) {
                return lease;
            }
        }
    }

    /** Returns true if the leased model is still the one that is served. */
    public boolean serves(ModelLease lease) {
        return lease.isOf(occupant.get().model());
    }

    /**
     * Serves this model from now on. The former one is closed after its last lease. Does not allocate: if memory ran
     * out here, nobody would release the model.
     *
     * @return false if this slot is closed; the model is then released, too
     */
    boolean serve(ServedModel model) {
        lastName = model.identity().name();
        return replace(model.occupant());
    }

    /**
     * Updates the reasons why the served model does not run on a better target, if its state is still {@code before}.
     * Listeners are not notified.
     */
    void explain(ModelState.Serving before, Execution execution) {
        occupant.updateAndGet(current -> current.state() == before
                ? new Occupant(new ModelState.Serving(before.identity(), execution), current.model())
                : current);
    }

    /** Serves no model from now on. */
    void serveNone(String reason) {
        replace(new Occupant(new ModelState.Absent(reason), null));
    }

    private boolean replace(Occupant next) {
        Occupant former = exchange(next);
        boolean changed = former != CLOSED;
        if (changed) {
            // Listeners come first: the change has taken effect, whatever happens while the former model is released.
            listeners.tell(Runnable::run);
        }
        ServedModel leaving = changed ? former.model() : next.model();
        if (leaving != null) {
            leaving.release();
        }
        return changed;
    }

    /** Returns what was there before. If that is {@link #CLOSED}, it stays. */
    private Occupant exchange(Occupant next) {
        Occupant former = occupant.get();
        while (former != CLOSED && !occupant.compareAndSet(former, next)) {
            former = occupant.get();
        }
        return former;
    }

    /** Releases the model for good. A version that is still being loaded will not be served. */
    @Override
    public void close() {
        replace(CLOSED);
    }
}
