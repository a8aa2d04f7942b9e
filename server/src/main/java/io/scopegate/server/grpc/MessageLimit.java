package io.scopegate.server.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a call that a message of its client was over the limit, in time for the call to tell the client. The transport
 * does not read such a message; left alone it would reset an open stream without a word.
 */
final class MessageLimit extends ServerStreamTracer {

    private static final Context.Key<MessageLimit> CURRENT = Context.key("scopegate-message-limit");

    /** As the transport says it, for want of another way to learn the size. */
    private static final Pattern EXCEEDED = Pattern.compile("exceeds maximum size [0-9]+: (-?[0-9]+)");

    private final int limitBytes;
    private volatile Consumer<CallRefusedException> call = refusal -> {};

    private MessageLimit(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Watches every call. */
    static ServerStreamTracer.Factory factory(int limitBytes) {
        return new Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return new MessageLimit(limitBytes);
            }
        };
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
                call.accept(CallRefusedException.messageTooLarge(limitBytes, bytes));
            }
        }
    }
}
