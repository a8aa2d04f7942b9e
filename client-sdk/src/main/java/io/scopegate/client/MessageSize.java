package io.scopegate.client;

import com.google.protobuf.MessageLite;

/** Refuses a message for which the server would end the whole stream, and says whose limit it exceeds. */
final class MessageSize {
    private MessageSize() {}

    static void check(MessageLite message, int clientsLimit) {
        check(message, clientsLimit, "maxMessageBytes of this client");
    }

    /**
     * Applies the lower of two limits.
     *
     * @param serversLimit counts only if it is more than 0
     */
    static void check(MessageLite message, int clientsLimit, long serversLimit) {
        if (serversLimit > 0 && serversLimit < clientsLimit) {
            check(message, serversLimit, "the server's limit");
        } else {
            check(message, clientsLimit);
        }
    }

    private static void check(MessageLite message, long limitBytes, String whose) {
        int bytes = message.getSerializedSize();
        if (bytes > limitBytes) {
            throw new IllegalArgumentException("message with the frame exceeds " + whose + ": " + bytes
                    + " bytes, at most " + limitBytes + " allowed");
        }
    }
}
