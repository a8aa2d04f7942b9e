package io.scopegate.server.grpc;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.scopegate.server.admission.ModelSelection;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Milliseconds;
import io.scopegate.server.model.ControlRefusedException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Ends a call with a gRPC status, because a message violates the contract or cannot be served. Checked, so that whoever
 * catches it ends the call.
 */
final class CallRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * The largest number of UTF-8 bytes of a text that may be long. A client accepts a status of at most 8 KiB,
     * otherwise none at all; the status contains the text twice, once with three characters for each non-ASCII byte.
     */
    private static final int LONGEST_TEXT = 1000;

    /** Created once, in advance: it is what has to be sent when there is no memory. */
    private static final CallRefusedException INTERNAL =
            new CallRefusedException(Code.INTERNAL, "a fault of the server", Fault.bareInfo("INTERNAL"));

    private static final CallRefusedException DRAINING =
            new CallRefusedException(Code.UNAVAILABLE, "the server is stopping", Fault.bareInfo("DRAINING"));

    /**
     * Created with the exception, since it may have to be sent when there is no memory. May be sent to several calls.
     */
    private final transient StatusRuntimeException told;

    private CallRefusedException(Code code, String message, ErrorInfo info) {
        super(message, null, false, false);
        this.told = StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(info))
                .build());
    }

    private CallRefusedException(Code code, String reason, Fault fault) {
        this(code, fault.message(), fault.errorInfo(reason));
    }

    /** Returns the refusal of a message that the contract does not allow. */
    static CallRefusedException breach(String field, String limit, Object value) {
        return new CallRefusedException(
                Code.INVALID_ARGUMENT, "PROTOCOL_BREACH", new Fault(field, limit, String.valueOf(value)));
    }

    /** Returns the refusal of a model that is not served. */
    static CallRefusedException unknownModel(String served, ModelSelection wanted) {
        Fault fault = new Fault("model", served, wanted.reference());
        return new CallRefusedException(Code.NOT_FOUND, "UNKNOWN_MODEL", fault);
    }

    /** Returns the refusal of a message over the size limit. */
    static CallRefusedException messageTooLarge(int limitBytes, String bytes) {
        Fault fault = new Fault("message", "at most " + limitBytes + " bytes", bytes);
        return new CallRefusedException(Code.RESOURCE_EXHAUSTED, "MESSAGE_TOO_LARGE", fault);
    }

    /** Returns the refusal of a message that would have to wait, but finds no memory. */
    static CallRefusedException noRoom(Rejected full) {
        return new CallRefusedException(
                Code.RESOURCE_EXHAUSTED, "NO_ROOM", new Fault(full.field(), full.limit(), full.value()));
    }

    /** Returns the refusal of a partially received message for whose remainder there is no memory. */
    static CallRefusedException noRoomForParts(String whose, long limitBytes, long bytes) {
        Fault fault = new Fault(
                "partially received messages " + whose, "at most " + limitBytes + " bytes", String.valueOf(bytes));
        return new CallRefusedException(Code.RESOURCE_EXHAUSTED, "NO_ROOM", fault);
    }

    /** Returns the refusal of a call that did not begin in time: its first message or its half-close is missing. */
    static CallRefusedException notOpened(Duration limit) {
        Fault fault = new Fault(
                "first message", "within " + Milliseconds.of(limit), "absent, or the call left open after it");
        return new CallRefusedException(Code.DEADLINE_EXCEEDED, "NOT_OPENED", fault);
    }

    /** Returns the refusal of a call over the limit on open calls. */
    static CallRefusedException tooManyCalls(String whose, int limit) {
        Fault fault = new Fault(whose, "at most " + limit + " at once", String.valueOf(limit + 1));
        return new CallRefusedException(Code.RESOURCE_EXHAUSTED, "TOO_MANY_CALLS", fault);
    }

    /** Returns the refusal of a client that does not read its answers. */
    static CallRefusedException slowReader(int limit) {
        Fault fault = new Fault("waiting answers", "at most " + limit, String.valueOf(limit + 1));
        return new CallRefusedException(Code.RESOURCE_EXHAUSTED, "SLOW_READER", fault);
    }

    /** Returns the refusal of a client that has half-closed its stream and does not read the last answers. */
    static CallRefusedException leftUnread(Duration limit) {
        Fault fault = new Fault("last answers", "taken within " + Milliseconds.of(limit), "left unread");
        return new CallRefusedException(Code.RESOURCE_EXHAUSTED, "SLOW_READER", fault);
    }

    /** Converts the refusal of an administration order. */
    static CallRefusedException control(ControlRefusedException refusal) {
        Code code = switch (refusal.kind()) {
            case UNKNOWN -> Code.NOT_FOUND;
            case NOT_POSSIBLE -> Code.FAILED_PRECONDITION;
            case NO_ROOM -> Code.RESOURCE_EXHAUSTED;
            case NOT_NOW -> Code.UNAVAILABLE;
            case GIVEN_UP -> Code.CANCELLED;
            case NOT_KEPT -> Code.INTERNAL;
        };
        String reason = "MODEL_" + refusal.kind().name();
        return new CallRefusedException(
                code, shortened(LONGEST_TEXT, String.valueOf(refusal.getMessage())), Fault.bareInfo(reason));
    }

    private static String shortened(int mostBytes, String text) {
        ByteBuffer bytes = ByteBuffer.allocate(mostBytes);
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
        boolean whole = encoder.encode(CharBuffer.wrap(text), bytes, true).isUnderflow();
        return whole ? text : StandardCharsets.UTF_8.decode(bytes.flip()) + "...";
    }

    /** Returns the refusal of a call while the server is stopping. */
    static CallRefusedException draining() {
        return DRAINING;
    }

    /** Returns the refusal for a fault of the server. */
    static CallRefusedException internal() {
        return INTERNAL;
    }

    /** Returns the status to end the call with. Its trailers must not be modified. Allocates no memory. */
    StatusRuntimeException toGrpc() {
        return told;
    }

    /** What is wrong, for people and for programs: a field, what its value should have been, and what it was. */
    record Fault(String field, String limit, String value) {

        private static final String DOMAIN = "scopegate.io";

        private static final int LONGEST_VALUE = 80;
        private static final int LONGEST_LIMIT = 300;

        Fault {
            limit = shortened(LONGEST_LIMIT, limit);
            value = shortened(LONGEST_VALUE, value);
        }

        String message() {
            return field + ": " + limit + ", not " + value;
        }

        /** Returns the details of a refusal that concerns no field. */
        static ErrorInfo bareInfo(String reason) {
            return ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build();
        }

        ErrorInfo errorInfo(String reason) {
            return bareInfo(reason).toBuilder()
                    .putMetadata("field", field)
                    .putMetadata("limit", limit)
                    .putMetadata("value", value)
                    .build();
        }
    }
}
