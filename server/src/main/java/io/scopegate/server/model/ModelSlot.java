package io.scopegate.server.model;

import io.scopegate.inference.target.Execution;
import io.scopegate.server.infer.Listeners;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The place of one served model. Any thread. */
public final class ModelSlot implements AutoCloseable {

    /** Stands for the name of a model that nobody has named, before a version is served; no name looks like this. */
    public static final String UNNAMED = "?";

    private static final Occupant CLOSED = new Occupant(new ModelState.Absent("the server is stopping"), null);

    private final @Nullable String name;
    private final AtomicReference<Occupant> occupant =
            new AtomicReference<>(new Occupant(new ModelState.Loading(), null));
    private volatile String lastName = UNNAMED;
    private final Listeners<Runnable> listeners = new Listeners<>("a listener for changes of the served model failed");

    private record Occupant(ModelState state, @Nullable ServedModel model) {}

    /** For the model of this name; null is for whichever is found. */
    public ModelSlot(@Nullable String name) {
        this.name = name;
    }

    /** As configured, or of the version that is or was served last; {@link #UNNAMED} while nobody knows. */
    String name() {
        return name == null ? lastName : name;
    }

    /** For messages: {@code model NAME}, or {@code the model} while nobody knows its name. */
    public String called() {
        return UNNAMED.equals(name()) ? "the model" : "model " + name();
    }

    /** What becomes of frames while another version cannot be served, for messages. */
    String consequence() {
        return state() instanceof ModelState.Serving(var model, var _)
                ? "model " + model.reference() + " continues to serve"
                : "no version is served and its frames are answered as out of body";
    }

    /** Whether it serves no more, since the server is stopping. */
    boolean isClosed() {
        return occupant.get() == CLOSED;
    }

    /** True if a client that asks for this name, or for none, may mean this model. */
    boolean answersTo(@Nullable String wanted) {
        return name == null || wanted == null || name.equals(wanted);
    }

    /** What is there now. */
    public ModelState state() {
        return occupant.get().state();
    }

    /** Calls the listener after each change of the state, on the thread that changes it. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** A lease of the served model, or null if none is served. */
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

    /** True if the model of this lease is still the one that is served. */
    public boolean serves(ModelLease lease) {
        return lease.isOf(occupant.get().model());
    }

    /**
     * From now on this model is leased; the former one lives on until its last lease is closed.
     *
     * @return false if the slot is closed, and so is the model now
     */
    boolean serve(ServedModel model) {
        lastName = model.identity().name();
        return replace(new Occupant(new ModelState.Serving(model.identity(), model.execution()), model));
    }

    /** The same model serves on, there are only other reasons why it does not run elsewhere; nobody is told. */
    void explain(ModelState.Serving before, Execution execution) {
        occupant.updateAndGet(current -> current.state() == before
                ? new Occupant(new ModelState.Serving(before.identity(), execution), current.model())
                : current);
    }

    /** From now on no model is leased. */
    void serveNone(String reason) {
        replace(new Occupant(new ModelState.Absent(reason), null));
    }

    private boolean replace(Occupant next) {
        Occupant former = occupant.getAndUpdate(current -> current == CLOSED ? CLOSED : next);
        ServedModel leaving = former == CLOSED ? next.model() : former.model();
        // Told first: the change has happened, whatever becomes of what leaves.
        listeners.tell(Runnable::run);
        if (leaving != null) {
            leaving.release();
        }
        return former != CLOSED;
    }

    /** Lets go of the model for good: one that is still being loaded will not be served. */
    @Override
    public void close() {
        replace(CLOSED);
    }
}
