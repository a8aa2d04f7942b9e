package io.scopegate.server.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a call's first message, or for the time it has. Whichever comes first decides: the call begins, or it hears
 * nothing any more.
 */
final class FirstMessage<Q> extends SimpleForwardingServerCallListener<Q> {

    private final CallWatch watch;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile @Nullable Future<?> timer;

    private enum State {
        WAITING,
        BEGUN,
        LATE
    }

    FirstMessage(ServerCall.Listener<Q> call, CallWatch watch) {
        super(call);
        this.watch = watch;
    }

    /** What is stopped when the call begins or ends; it may come after that. */
    void timedBy(Future<?> running) {
        timer = running;
    }

    /** True if nothing has come until now, so that the call is to be ended. */
    boolean late() {
        return state.compareAndSet(State.WAITING, State.LATE);
    }

    private boolean begins() {
        if (state.compareAndSet(State.WAITING, State.BEGUN)) {
            stopTimer();
        }
        return state.get() == State.BEGUN && !watch.ended();
    }

    private void stopTimer() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public void onMessage(Q message) {
        if (begins()) {
            super.onMessage(message);
        }
    }

    @Override
    public void onHalfClose() {
        if (begins()) {
            super.onHalfClose();
        }
    }

    @Override
    public void onCancel() {
        stopTimer();
        super.onCancel();
    }

    @Override
    public void onComplete() {
        stopTimer();
        super.onComplete();
    }
}
