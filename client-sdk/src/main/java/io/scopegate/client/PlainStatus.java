package io.scopegate.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the transport's own words for the end of a call by plain ones, where the application can do something about
 * it.
 */
final class PlainStatus implements ClientInterceptor {
    /**
     * The transport's own message, since there is no other way to learn the size. A Scopegate server uses other words.
     */
    private static final Pattern EXCEEDED = Pattern.compile("gRPC message exceeds maximum size ([0-9]+): ([0-9]+)");
    /** The beginning of the message for an HTTP/2 response, whose headers and page follow. */
    private static final Pattern HTTP_2 = Pattern.compile("^HTTP status code [0-9]+");
    /** The message for an HTTP/1 response, with the hexadecimal form of "HTTP/", which such a response begins with. */
    private static final Pattern HTTP_1 = Pattern.compile("not SETTINGS.*485454502f");

    private static final String NOT_GRPC = "HTTP response instead of gRPC; the port may be the server's HTTP port";

    private final String ownLimitBytes;

    /** Creates an interceptor for a channel that reads messages of up to this size. */
    PlainStatus(int maxMessageBytes) {
        this.ownLimitBytes = String.valueOf(maxMessageBytes);
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(plain(listener), headers);
            }
        };
    }

    private <A> ClientCall.Listener<A> plain(ClientCall.Listener<A> listener) {
        return new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
                super.onClose(plain(status), trailers);
            }
        };
    }

    private Status plain(Status status) {
        String text = StatusReader.text(status);
        String plain = plain(text);
        // The text includes the cause's message.
        return plain.equals(text) ? status : status.withDescription(plain).withCause(null);
    }

    private String plain(String text) {
        Matcher exceeded = EXCEEDED.matcher(text);
        if (exceeded.find() && exceeded.group(1).equals(ownLimitBytes)) {
            return "maxMessageBytes of this client: at least " + exceeded.group(2) + " for the server's message, not "
                    + ownLimitBytes;
        }
        Matcher http2 = HTTP_2.matcher(text);
        if (http2.find()) {
            return http2.group() + ", " + NOT_GRPC;
        }
        return HTTP_1.matcher(text).find() ? NOT_GRPC : text;
    }
}
