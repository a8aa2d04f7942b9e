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
 * Tells a call what its client has done that the call itself does not hear of, in time for the call to tell the client: a
 * message over the limit, one that cannot be read or for which there is no room, none at all. Left alone, the transport would
 * end it without a word. Messages that have come for nothing are counted.
 */
final class CallWatch extends ServerStreamTracer {

    private static final Context.Key<CallWatch> CURRENT = Context.key("scopegate-call-watch");

    /** As the transport says it, for want of another way to learn the size. */
    private static final Pattern EXCEEDED = Pattern.compile("exceeds maximum size [0-9]+: (-?[0-9]+)");

    /** What the transport says of bytes that are not in the form of a message, or of only a part of one. */
    private static final Pattern UNREADABLE = Pattern.compile("frame header malformed|end-of-stream mid-frame");

    /** What it says of a packed message of a call that has named no packing. */
    private static final String NO_PACKING = "Can't decode compressed gRPC message";

    private final int limitBytes;
    private final boolean framesMayCome;
    private final FrameMetrics metrics;
    private final UnheardMessages unheard;
    private final UnfinishedMessages.Parts parts;
    private @Nullable CallRefusedException noRoom;
    private volatile Predicate<CallRefusedException> call = refusal -> false;
    private volatile boolean ended;

    /**
     * Of one call.
     *
     * @param framesMayCome whether its messages may have frames
     */
    private CallWatch(int limitBytes, boolean framesMayCome, UnfinishedMessages unfinished, FrameMetrics metrics) {
        this.limitBytes = limitBytes;
        this.framesMayCome = framesMayCome;
        this.metrics = metrics;
        this.unheard = new UnheardMessages(framesMayCome, metrics);
        this.parts = unfinished.new Parts();
    }

    /** Watches every call. */
    static ServerStreamTracer.Factory factory(int limitBytes, UnfinishedMessages unfinished, FrameMetrics metrics) {
        return new Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                boolean framesMayCome = method.startsWith(ClassifierGrpc.SERVICE_NAME + "/");
                return new CallWatch(limitBytes, framesMayCome, unfinished, metrics);
            }
        };
    }

    /** Of the call that is being handled. */
    static CallWatch current() {
        return CURRENT.get();
    }

    /** Ends the call, which says why to its client. Any thread. False if it has ended before. */
    boolean end(CallRefusedException refusal) {
        ended = true;
        return call.test(refusal);
    }

    /** Ends the call for a message that cannot be read, or that unfolds to more than the limit. */
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

    /** The transport has read it, and fails before it hands it over. What is said first counts: the call may be over at once. */
    private void packedOtherwise() {
        if (unheard.refused()) {
            unreadable();
        } else {
            end(noMessage());
        }
    }

    /** Ends the call for a message of too many parts. */
    void tooManyParts(CallRefusedException refusal) {
        refuse(RefusedMessage.TOO_MANY_PARTS, refusal);
    }

    /** Ends a single call for its second message. */
    void secondMessage() {
        end(CallRefusedException.breach("message", "one of a single call", "a second"));
        unheard.refuse(RefusedMessage.NOT_ALLOWED);
    }

    /** Ends a single call for whose message there is no room. */
    void noRoom(CallRefusedException refusal) {
        end(refusal);
        unheard.refuse(RefusedMessage.NO_ROOM);
    }

    /** What its call has not heard of. */
    UnheardMessages unheard() {
        return unheard;
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

    /** Whether it has been ended from here, so that it is to hear no more. */
    boolean ended() {
        return ended;
    }

    /**
     * From now on it is this call that is told; on the network's thread, before the transport ends the call.
     *
     * @param call ends it, or returns false if it has ended
     */
    static void tell(Predicate<CallRefusedException> call) {
        CURRENT.get().call = call;
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(CURRENT, this);
    }

    /** Before the call asks for its first message, without which the transport tells of no piece. */
    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> started) {
        Caller caller = started.getAttributes().get(Caller.ATTRIBUTE);
        if (caller != null) {
            parts.of(caller.client());
        }
    }

    /** Throws as the transport does for a message over the limit: what has come is let go of at once, and the call ends. */
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
        unheard.read();
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

    /** Whether a message is not packed as its call has said: not at all, or with something else. */
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
