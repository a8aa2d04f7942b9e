package io.scopegate.server.testing;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gRPC call without a network, which records what the server writes. Its client reads until the test stops it. */
public final class RecordedCall<T> extends ServerCallStreamObserver<T> {

    private final List<T> written = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private Runnable whenWatched = () -> {};
    private boolean reading = true;
    private Runnable onReady = () -> {};
    private Runnable onCancel = () -> {};
    private Status.@Nullable Code end;

    /** Returns all messages that were written. */
    public List<T> written() {
        return List.copyOf(written);
    }

    /** Returns the status with which the call ended, or null while it is open. */
    public Status.@Nullable Code end() {
        return end;
    }

    /** Runs this action once, while the next message is being written. */
    public void whenWritten(Runnable action) {
        meanwhile = action;
    }

    /** Runs this action as soon as the server sets a handler for cancellation. */
    public void whenWatched(Runnable action) {
        whenWatched = action;
    }

    public void stopReading() {
        reading = false;
    }

    public void readOn() {
        reading = true;
        onReady.run();
    }

    /** Cancels the call on behalf of the client. */
    public void cancel() {
        onCancel.run();
    }

    @Override
    public void onNext(T message) {
        requireOpen();
        written.add(message);
        Runnable next = meanwhile;
        meanwhile = () -> {};
        next.run();
    }

    @Override
    public void onError(Throwable fault) {
        requireOpen();
        end = Status.fromThrowable(fault).getCode();
    }

    @Override
    public void onCompleted() {
        requireOpen();
        end = Status.Code.OK;
    }

    private void requireOpen() {
        if (end != null) {
            throw new AssertionError("the call has ended already: " + end);
        }
    }

    @Override
    public boolean isReady() {
        return reading;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
        onReady = handler;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
        onCancel = handler;
        whenWatched.run();
    }

    @Override
    public void setOnCloseHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void disableAutoRequest() {}

    @Override
    public void request(int count) {}
}
