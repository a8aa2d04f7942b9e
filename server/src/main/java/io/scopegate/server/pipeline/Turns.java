package io.scopegate.server.pipeline;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Whose turn it is at one stage. A stream asks for one turn at a time and lines up at the end again for the next, so
 * that streams take turns however many frames each has. Never longer than there are streams.
 */
final class Turns {

    private final BlockingQueue<FrameStream> waiting = new LinkedBlockingQueue<>();

    void ask(FrameStream stream) {
        waiting.add(stream);
    }

    FrameStream take() throws InterruptedException {
        return waiting.take();
    }
}
