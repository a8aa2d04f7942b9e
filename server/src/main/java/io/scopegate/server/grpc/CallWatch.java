package io.scopegate.server.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.RefusedMessage;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a call what its client has done that the call itself does not hear of, in time for the call to tell the client: a
 * message over the limit, one that cannot be read, none at all. Left alone, the transport would end it without a word.
 */
final class CallWatch extends ServerStreamTracer {

    private static final Context.Key<CallWatch> CURRENT = Context.key("scopegate-call-watch");

    /** As the transport says it, for want of another way to learn the size. */
    private static final Pattern EXCEEDED = Pattern.compile("exceeds maximum size [0-9]+: (-?[0-9]+)");

    private final int limitBytes;
    private final FrameMetrics metrics;
    private volatile Consumer<CallRefusedException> call = refusal -> {};
    private volatile boolean ended;

    private CallWatch(int limitBytes, FrameMetrics metrics) {
        this.limitBytes = limitBytes;
        this.metrics = metrics;
    }

    /** Watches every call. */
    static ServerStreamTracer.Factory factory(int limitBytes, FrameMetrics metrics) {
        return new Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return new CallWatch(limitBytes, metrics);
            }
        };
    }

    /** Of the call that is being handled. */
    static CallWatch current() {
        return CURRENT.get();
    }

    /** Ends the call, which says why to its client. Any thread. */
    void end(CallRefusedException refusal) {
        ended = true;
        call.accept(refusal);
    }

    /** Ends the call for a message that cannot be read, or that unfolds to more than the limit. */
    void unreadable(Status why) {
        if (why.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
            tooLarge("more when it is decompressed");
        } else {
            refuse(
                    RefusedMessage.UNREADABLE,
                    CallRefusedException.breach("message", "one of the contract", "bytes that cannot be read as one"));
        }
    }

    /** Ends the call for a message of too many parts. */
    void tooManyParts(CallRefusedException refusal) {
        refuse(RefusedMessage.TOO_MANY_PARTS, refusal);
    }

    private void tooLarge(String bytes) {
        refuse(RefusedMessage.TOO_LARGE, CallRefusedException.messageTooLarge(limitBytes, bytes));
    }

    private void refuse(RefusedMessage why, CallRefusedException refusal) {
        metrics.refused(why);
        end(refusal);
    }

    /** Whether it has been ended from here, so that it is to hear no more. */
    boolean ended() {
        return ended;
    }

    /** From now on it is this call that is told; on the network's thread, before the transport ends the call. */
    static void tell(Consumer<CallRefusedException> call) {
        CURRENT.get().call = call;
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(CURRENT, this);
    }

    @Override
    public void streamClosed(Status status) {
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && status.getDescription() != null) {
            Matcher exceeded = EXCEEDED.matcher(status.getDescription());
            if (exceeded.find()) {
                // The size is an unsigned number of four bytes, which the transport prints as a signed one.
                long bytes = Integer.toUnsignedLong(Integer.parseInt(exceeded.group(1)));
                tooLarge(String.valueOf(bytes));
            }
        }
    }
}
