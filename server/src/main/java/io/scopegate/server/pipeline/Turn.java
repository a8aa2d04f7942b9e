package io.scopegate.server.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A stream's place in the line before one stage. Made together with the stream, so that lining up takes no memory and
 * cannot fail for want of it. Guarded by the lock of the stages.
 */
final class Turn {

    private final FrameStream stream;
    private @Nullable Turn behind;
    private boolean waiting;

    /** In no line yet. */
    Turn(FrameStream stream) {
        this.stream = stream;
    }

    FrameStream stream() {
        return stream;
    }

    /** The one behind it in the line; null for the last. */
    @Nullable
    Turn behind() {
        return behind;
    }

    void standBefore(@Nullable Turn next) {
        behind = next;
    }

    /** Joins the line. False if it is in it already. */
    boolean joins() {
        boolean joins = !waiting;
        waiting = true;
        return joins;
    }

    /** It is no longer in the line, nor keeps those in it. */
    void leaves() {
        waiting = false;
        behind = null;
    }
}
