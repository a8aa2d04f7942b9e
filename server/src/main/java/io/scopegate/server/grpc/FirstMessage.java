package io.scopegate.server.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.pipeline.WaitingPictureLimit;
import io.scopegate.server.telemetry.RefusedMessage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call begin in time or not at all: a call that has not begun when its time is up is ended, and receives
 * nothing. A stream begins with its first message, any other call with its half-close, when it is known that there is
 * just one message. Until then that message counts as one that waits, and takes up room in {@link WaitingPictureLimit}.
 * Messages that the call never receives are counted.
 */
final class FirstMessage<Q> extends SimpleForwardingServerCallListener<Q> {

    /**
     * Messages up to this size take up no room, so that health checks and administration calls get through when there
     * is none left for pictures.
     */
    private static final long SMALL_BYTES = 1 << 10;

    private final CallWatch watch;
    private final boolean stream;
    private final WaitingPictureLimit pictures;
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
     * Watches the beginning of one call.
     *
     * @param stream whether the client may send several messages
     * @param pictures counts the only message of a call that is not a stream
     */
    FirstMessage(ServerCall.Listener<Q> call, CallWatch watch, boolean stream, WaitingPictureLimit pictures) {
        super(call);
        this.watch = watch;
        this.stream = stream;
        this.pictures = pictures;
    }

    /** Sets the timer to cancel when the call begins or ends. May be set after that. */
    void timedBy(Future<?> running) {
        timer = running;
    }

    /** Returns true if the call has not begun yet, and prevents it from beginning: the caller then ends it. */
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
        watch.undelivered().handedOver(message);
        if (stream) {
            streamed(message);
        } else {
            single(message);
        }
    }

    private void streamed(Q message) {
        if (begins()) {
            watch.undelivered().heard();
            super.onMessage(message);
        } else {
            watch.undelivered().refuse(RefusedMessage.CALL_OVER);
        }
    }

    /**
     * Checks and delivers the only message of the call, which would keep it until the half-close, for as long as the
     * client likes.
     */
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
        Rejected full = pictures.take(bytes);
        if (full == null) {
            keptBytes = bytes;
            super.onMessage(message);
        } else {
            watch.noRoom(CallRefusedException.noRoom(full));
        }
    }

    /**
     * Gives back the room of the message. A call that begins now takes room of its own for its frame, and a call that
     * is over has dropped the message.
     */
    private void giveBackRoom() {
        pictures.giveBack(keptBytes);
        keptBytes = 0;
    }

    @Override
    public void onHalfClose() {
        if (begins()) {
            giveBackRoom();
            watch.undelivered().heard();
            super.onHalfClose();
        }
    }

    @Override
    public void onCancel() {
        stopTimer();
        giveBackRoom();
        watch.undelivered().over();
        super.onCancel();
    }

    @Override
    public void onComplete() {
        stopTimer();
        giveBackRoom();
        watch.undelivered().over();
        super.onComplete();
    }
}
