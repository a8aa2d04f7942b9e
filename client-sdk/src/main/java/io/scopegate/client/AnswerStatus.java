package io.scopegate.client;

import java.util.Optional;

/**
 * Why a frame was not classified, or why a stream ended.
 *
 * @param code name of a gRPC status code, such as {@code INVALID_ARGUMENT}
 * @param message for people; may be empty
 * @param field what the complaint is about, where the server says so
 * @param limit what it should have kept to
 * @param value what it was
 * @param reason a name for the cause, for programs, such as {@code MODEL_NOT_KEPT}, where the server says so
 */
public record AnswerStatus(
        String code,
        String message,
        Optional<String> field,
        Optional<String> limit,
        Optional<String> value,
        Optional<String> reason) {

    /** Without a reason. */
    public AnswerStatus(
            String code, String message, Optional<String> field, Optional<String> limit, Optional<String> value) {
        this(code, message, field, limit, value, Optional.empty());
    }

    static AnswerStatus of(String code, String message) {
        return new AnswerStatus(code, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The code and, where there is one, the message. */
    @Override
    public String toString() {
        return message.isEmpty() ? code : code + ": " + message;
    }
}
