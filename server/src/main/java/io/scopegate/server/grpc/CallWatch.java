package io.scopegate.server.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.scopegate.proto.v1.ClassifierGrpc;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.RefusedMessage;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call for faults that grpc-java does not report to the call: a message that is over the limit, that cannot be
 * read or for which there is no memory, or no message at all. The call hears of the fault in time to send its client
 * the reason; left alone, the transport would end it without one. Counts the messages that are refused.
 */
final class CallWatch extends ServerStreamTracer {

    private static final Context.Key<CallWatch> CURRENT = Context.key("scopegate-call-watch");

    /** The size of a message over the limit, from the transport's text, since there is no other way to learn it. */
    private static final Pattern EXCEEDED = Pattern.compile("exceeds maximum size [0-9]+: (-?[0-9]+)");

    /** The transport's texts for bytes that are not framed as a message, and for a message that is cut off. */
    private static final Pattern UNREADABLE = Pattern.compile("frame header malformed|end-of-stream mid-frame");

    /** The transport's text for a compressed message on a call that declared no compression. */
    private static final String NO_PACKING = "Can't decode compressed gRPC message";

    private final int limitBytes;
    private final boolean framesMayCome;
    private final FrameMetrics metrics;
    private final UndeliveredMessages undelivered;
    private final UnfinishedMessages.Parts parts;
    private @Nullable CallRefusedException noRoom;
    private volatile Predicate<CallRefusedException> call = refusal -> false;
    private volatile boolean ended;

    /**
     * Watches one call.
     *
     * @param framesMayCome whether the call's messages may contain frames
     */
    private CallWatch(int limitBytes, boolean framesMayCome, UnfinishedMessages unfinished, FrameMetrics metrics) {
        this.limitBytes = limitBytes;
        this.framesMayCome = framesMayCome;
        this.metrics = metrics;
        this.undelivered = new UndeliveredMessages(framesMayCome, metrics);
        this.parts = unfinished.new Parts();
    }

    /** Returns the factory that watches every call. */
    static ServerStreamTracer.Factory factory(int limitBytes, UnfinishedMessages unfinished, FrameMetrics metrics) {
        return new Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                boolean framesMayCome = method.startsWith(ClassifierGrpc.SERVICE_NAME + "/");
                return new CallWatch(limitBytes, framesMayCome, unfinished, metrics);
            }
        };
    }

    /** Returns the watch of the current call. */
    static CallWatch current() {
        return CURRENT.get();
    }

    /** Ends the call and sends its client the reason. Any thread. Returns false if the call had already ended. */
    boolean end(CallRefusedException refusal) {
        ended = true;
        return call.test(refusal);
    }

    /** Ends the call for a message that cannot be read, or that exceeds the limit when decompressed. */
    void unreadable(Status why) {
        if (why.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
            tooLarge("more when it is decompressed");
        } else {
            unreadable();
        }
    }

    private void unreadable() {
        refuse(RefusedMessage.UNREADABLE, noMessage());
    }

    private static CallRefusedException noMessage() {
        return CallRefusedException.breach("message", "one of the contract", "bytes that cannot be read as one");
    }

    /**
     * Handles a message that the transport has received but fails to decompress, so that it never delivers it. The call
     * may be over at the same time: then its end has already counted the message, and it is not counted again.
     */
    private void packedOtherwise() {
        if (undelivered.refused()) {
            unreadable();
        } else {
            end(noMessage());
        }
    }

    /** Ends the call for a message with too many fields, or with too much beside the picture. */
    void tooManyParts(CallRefusedException refusal) {
        refuse(RefusedMessage.TOO_MANY_PARTS, refusal);
    }

    /** Ends a single call for its second message. */
    void secondMessage() {
        end(CallRefusedException.breach("message", "one of a single call", "a second"));
        undelivered.refuse(RefusedMessage.NOT_ALLOWED);
    }

    /** Ends a single call for whose message there is no memory. */
    void noRoom(CallRefusedException refusal) {
        end(refusal);
        undelivered.refuse(RefusedMessage.NO_ROOM);
    }

    /** Returns the messages of the call that it has not received. */
    UndeliveredMessages undelivered() {
        return undelivered;
    }

    private void tooLarge(String bytes) {
        refuse(RefusedMessage.TOO_LARGE, CallRefusedException.messageTooLarge(limitBytes, bytes));
    }

    private void refuse(RefusedMessage why, CallRefusedException refusal) {
        boolean first = end(refusal);
        if (framesMayCome) {
            metrics.refused(first ? why : RefusedMessage.CALL_OVER);
        }
    }

    /** Returns whether the call was ended through this watch, so that it must not receive further messages. */
    boolean ended() {
        return ended;
    }

    /**
     * Sets what ends the current call from now on. It may run on any thread; for a fault that the transport finds, it
     * runs on the transport's thread before the transport ends the call.
     *
     * @param call ends the call with the given reason, or returns false if it has already ended
     */
    static void tell(Predicate<CallRefusedException> call) {
        CURRENT.get().call = call;
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(CURRENT, this);
    }

    /** Runs before the call requests its first message; until then the transport reports no piece of one. */
    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> started) {
        Caller caller = started.getAttributes().get(Caller.ATTRIBUTE);
        if (caller != null) {
            parts.of(caller.client());
        }
    }

    /**
     * Throws, as the transport does for a message over the limit, if there is no memory: the pieces received so far are
     * released at once, and the call ends.
     */
    @Override
    public void inboundWireSize(long bytes) {
        CallRefusedException refusal = parts.add(bytes);
        if (refusal != null) {
            noRoom = refusal;
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("no room for its message")
                    .asRuntimeException();
        }
    }

    @Override
    public void inboundMessageRead(int number, long bytesOnTheWire, long bytes) {
        parts.gone();
        undelivered.read();
    }

    @Override
    public void streamClosed(Status status) {
        parts.gone();
        if (noRoom != null) {
            refuse(RefusedMessage.NO_ROOM, noRoom);
            return;
        }
        String why = String.valueOf(status.getDescription());
        Matcher exceeded = EXCEEDED.matcher(why);
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && exceeded.find()) {
            // The size is an unsigned number of four bytes, which the transport prints as a signed one.
            long bytes = Integer.toUnsignedLong(Integer.parseInt(exceeded.group(1)));
            tooLarge(String.valueOf(bytes));
        } else if (status.getCode() == Status.Code.INTERNAL
                && UNREADABLE.matcher(why).find()) {
            unreadable();
        } else if (isPackedOtherwise(status, why)) {
            packedOtherwise();
        }
    }

    /**
     * Returns whether a message is not compressed as its call declared: the call declared no compression, or the bytes
     * are not in the declared form.
     */
    private static boolean isPackedOtherwise(Status status, String why) {
        return switch (status.getCode()) {
            case INTERNAL -> why.contains(NO_PACKING);
            case UNKNOWN ->
                status.getCause() instanceof RuntimeException
                        && status.getCause().getCause() instanceof IOException;
            default -> false;
        };
    }
}
