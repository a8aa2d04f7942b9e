package io.scopegate.server.pipeline;

import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is at one stage. A stream asks for one turn at a time and lines up at the end again for the next, so
 * that streams take turns however many frames each has. Never longer than there are streams.
 */
final class Turns {

    private final BlockingDeque<FrameStream> waiting = new LinkedBlockingDeque<>();

    void ask(FrameStream stream) {
        waiting.addLast(stream);
    }

    /** How many streams wait. */
    int waiting() {
        return waiting.size();
    }

    /** Gives a turn back that could not be used. */
    void keep(FrameStream stream) {
        waiting.addFirst(stream);
    }

    FrameStream take() throws InterruptedException {
        return waiting.takeFirst();
    }

    /** The first stream, or null if none comes in this time. */
    @Nullable
    FrameStream poll(Duration time) throws InterruptedException {
        return waiting.pollFirst(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
