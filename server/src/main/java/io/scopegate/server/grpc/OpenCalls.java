package io.scopegate.server.grpc;

import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.infer.FaultLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The classifier calls that are being served. Limits their number in all, per connection and per client, and ends them
 * when the server stops. Any thread.
 */
public final class OpenCalls {

    private final FaultLog untold = FaultLog.of(OpenCalls.class, "failed to notify a call of the shutdown");
    private final int limit;
    private final CallShare share;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<OpenCall, Caller> calls = new LinkedHashMap<>();
    private final ReentrantLock drain = new ReentrantLock();
    private boolean draining;
    private boolean drained;

    public OpenCalls(ServiceSettings settings, ConnectionSettings connections) {
        this.limit = settings.maxStreams();
        this.share = connections.calls();
    }

    void enter(OpenCall call, Caller caller) throws CallRefusedException {
        lock.lock();
        try {
            if (draining) {
                throw CallRefusedException.draining();
            }
            checkRoom(caller);
            calls.put(call, caller);
        } finally {
            lock.unlock();
        }
    }

    private void checkRoom(Caller caller) throws CallRefusedException {
        require("calls", calls.size(), limit);
        require(
                "calls of one connection",
                count(other -> other.connection() == caller.connection()),
                share.perConnection());
        require("calls of one client", count(other -> other.client().equals(caller.client())), share.perClient());
    }

    private long count(Predicate<Caller> like) {
        return calls.values().stream().filter(like).count();
    }

    private static void require(String whose, long open, int limit) throws CallRefusedException {
        if (open >= limit) {
            throw CallRefusedException.tooManyCalls(whose, limit);
        }
    }

    void leave(OpenCall call) {
        lock.lock();
        try {
            calls.remove(call);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many calls are open. */
    public int count() {
        lock.lock();
        try {
            return calls.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Refuses new calls, lets the open ones answer what they have, and ends those that are still open after the given
     * time. Blocks until all have ended, but no longer than that time. Done once: a later call waits for the first and
     * then returns, since a call that cannot be ended would take the time again.
     */
    public void drain(Duration time) throws InterruptedException {
        drain.lockInterruptibly();
        try {
            if (!drained) {
                drainOpen(time);
                drained = true;
            }
        } finally {
            drain.unlock();
        }
    }

    private void drainOpen(Duration time) throws InterruptedException {
        closeDoor().forEach(call -> tell(call, open -> open.drain(time)));
        awaitNone(time);
        closeDoor().forEach(call -> tell(call, OpenCall::cutOff));
    }

    /**
     * A call that cannot be notified, for example for lack of memory, must not keep the others or the shutdown from
     * going on.
     */
    private void tell(OpenCall call, Consumer<OpenCall> ending) {
        try {
            ending.accept(call);
        } catch (RuntimeException | Error e) {
            untold.say(e);
        }
    }

    private List<OpenCall> closeDoor() {
        lock.lock();
        try {
            draining = true;
            return List.copyOf(calls.keySet());
        } finally {
            lock.unlock();
        }
    }

    private void awaitNone(Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lock();
        try {
            while (!calls.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
