package io.scopegate.server.grpc;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The calls that are being served: how many there may be, and how they end when the server stops. Any thread. */
public final class OpenCalls {

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<OpenCall> calls = new LinkedHashSet<>();
    private boolean draining;

    public OpenCalls(ServiceSettings settings) {
        this.limit = settings.maxStreams();
    }

    void enter(OpenCall call) throws CallRefusedException {
        lock.lock();
        try {
            if (draining) {
                throw CallRefusedException.draining();
            }
            if (calls.size() == limit) {
                throw CallRefusedException.tooManyCalls(limit);
            }
            calls.add(call);
        } finally {
            lock.unlock();
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

    /** How many calls are open. */
    public int count() {
        lock.lock();
        try {
            return calls.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no new call, lets the open ones answer what they have, and ends those that have not ended in time. Blocks
     * until all have ended.
     */
    public void drain(Duration time) throws InterruptedException {
        closeDoor().forEach(call -> call.drain(time));
        awaitNone(time);
        closeDoor().forEach(OpenCall::cutOff);
    }

    private List<OpenCall> closeDoor() {
        lock.lock();
        try {
            draining = true;
            return List.copyOf(calls);
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
