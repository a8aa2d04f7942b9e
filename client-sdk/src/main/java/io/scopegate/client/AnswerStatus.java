package io.scopegate.client;

import java.util.Optional;

/**
 * Why a frame was not classified, or why a stream ended.
 *
 * @param code name of a gRPC status code, such as {@code INVALID_ARGUMENT}
 * @param message human-readable; may be empty
 * @param field the offending field, if the server names one
 * @param limit what the field must satisfy
 * @param value the value it had
 * @param reason a machine-readable cause, such as {@code MODEL_NOT_KEPT}, if the server gives one
 */
public record AnswerStatus(
        String code,
        String message,
        Optional<String> field,
        Optional<String> limit,
        Optional<String> value,
        Optional<String> reason) {

    /** A status without a reason. */
    public AnswerStatus(
            String code, String message, Optional<String> field, Optional<String> limit, Optional<String> value) {
        this(code, message, field, limit, value, Optional.empty());
    }

    static AnswerStatus of(String code, String message) {
        return new AnswerStatus(code, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The code and, if there is one, the message. */
    @Override
    public String toString() {
        return message.isEmpty() ? code : code + ": " + message;
    }
}
