package io.scopegate.client;

import com.google.protobuf.MessageLite;

/** Refuses a message that the server would end the whole stream for. */
final class MessageSize {
    private MessageSize() {}

    static void check(MessageLite message, long limitBytes) {
        int bytes = message.getSerializedSize();
        if (bytes > limitBytes) {
            throw new IllegalArgumentException(
                    "frame makes a message of " + bytes + " bytes, at most " + limitBytes + " are taken");
        }
    }
}
