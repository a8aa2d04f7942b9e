package io.scopegate.server.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.pipeline.PictureMemory;
import io.scopegate.server.telemetry.RefusedMessage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a call can begin, or for the time it has. Whichever comes first decides: the call begins, or it hears
 * nothing any more. A stream begins with its first message, any other call once its only message is known to be that; until
 * then the message is one of those that wait, and takes its room. What a call does not hear of is counted.
 */
final class FirstMessage<Q> extends SimpleForwardingServerCallListener<Q> {

    /** Questions about health and orders are to get through where there is no room for a picture. */
    private static final long SMALL_BYTES = 1 << 10;

    private final CallWatch watch;
    private final boolean stream;
    private final PictureMemory room;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile @Nullable Future<?> timer;
    private boolean kept;
    private long keptBytes;

    private enum State {
        WAITING,
        BEGUN,
        LATE
    }

    /**
     * For one call.
     *
     * @param stream whether its client may send several messages
     * @param room for the only message of a call that is none
     */
    FirstMessage(ServerCall.Listener<Q> call, CallWatch watch, boolean stream, PictureMemory room) {
        super(call);
        this.watch = watch;
        this.stream = stream;
        this.room = room;
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
        return state.get() == State.BEGUN && hears();
    }

    private boolean hears() {
        return state.get() != State.LATE && !watch.ended();
    }

    private void stopTimer() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public void onMessage(Q message) {
        watch.unheard().handedOver(message);
        if (stream) {
            streamed(message);
        } else {
            single(message);
        }
    }

    private void streamed(Q message) {
        if (begins()) {
            watch.unheard().heard();
            super.onMessage(message);
        } else {
            watch.unheard().refuse(RefusedMessage.CALL_OVER);
        }
    }

    /** The call only keeps it until it begins, and would for as long as the client liked. */
    private void single(Q message) {
        if (!hears()) {
            return;
        }
        if (kept) {
            watch.secondMessage();
        } else {
            kept = true;
            keep(message);
        }
    }

    private void keep(Q message) {
        long size = message instanceof MessageLite read ? read.getSerializedSize() : 0;
        long bytes = size <= SMALL_BYTES ? 0 : size;
        Rejected full = room.take(bytes);
        if (full == null) {
            keptBytes = bytes;
            super.onMessage(message);
        } else {
            watch.noRoom(CallRefusedException.noRoom(full));
        }
    }

    /** What begins with it takes its own room; what is over has let go of it. */
    private void giveBackRoom() {
        room.giveBack(keptBytes);
        keptBytes = 0;
    }

    @Override
    public void onHalfClose() {
        if (begins()) {
            giveBackRoom();
            watch.unheard().heard();
            super.onHalfClose();
        }
    }

    @Override
    public void onCancel() {
        stopTimer();
        giveBackRoom();
        watch.unheard().over();
        super.onCancel();
    }

    @Override
    public void onComplete() {
        stopTimer();
        giveBackRoom();
        watch.unheard().over();
        super.onComplete();
    }
}
