package io.scopegate.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the status of a frame or a call, with the reason, field, limit and value of its ErrorInfo. */
final class StatusReader {
    private StatusReader() {}

    static AnswerStatus read(Status status) {
        ErrorInfo info = errorInfo(status);
        Map<String, String> metadata = info.getMetadataMap();
        return new AnswerStatus(
                io.grpc.Status.fromCodeValue(status.getCode()).getCode().name(),
                status.getMessage(),
                Optional.ofNullable(metadata.get("field")),
                Optional.ofNullable(metadata.get("limit")),
                Optional.ofNullable(metadata.get("value")),
                info.getReason().isEmpty() ? Optional.empty() : Optional.of(info.getReason()));
    }

    /**
     * Reads the status of a call that has ended. The message names the cause if the transport knows one, such as a
     * refused connection.
     */
    static AnswerStatus read(io.grpc.Status status, Metadata trailers) {
        AnswerStatus plain = AnswerStatus.of(status.getCode().name(), text(status));
        try {
            AnswerStatus detailed = read(StatusProto.fromStatusAndTrailers(status, trailers));
            return new AnswerStatus(
                    plain.code(),
                    plain.message(),
                    detailed.field(),
                    detailed.limit(),
                    detailed.value(),
                    detailed.reason());
        } catch (RuntimeException e) {
            // There are no details, or those of another status, for example because a proxy has ended the call with
            // its own.
            return plain;
        }
    }

    static AnswerStatus read(StatusRuntimeException failure) {
        Metadata trailers = failure.getTrailers();
        return read(failure.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    /** Returns the status's description and the message of its cause, as far as they exist. */
    static String text(io.grpc.Status status) {
        String description = status.getDescription() == null ? "" : status.getDescription();
        @Nullable
        String cause = status.getCause() == null ? null : status.getCause().getMessage();
        if (cause == null || description.contains(cause)) {
            return description;
        }
        return description.isEmpty() ? cause : description + ": " + cause;
    }

    private static ErrorInfo errorInfo(Status status) {
        for (Any detail : status.getDetailsList()) {
            // By name, since unpacking by class would need reflection in a native image.
            if (detail.getTypeUrl().endsWith("/google.rpc.ErrorInfo")) {
                return errorInfo(detail);
            }
        }
        return ErrorInfo.getDefaultInstance();
    }

    private static ErrorInfo errorInfo(Any detail) {
        try {
            return ErrorInfo.parseFrom(detail.getValue());
        } catch (InvalidProtocolBufferException e) {
            return ErrorInfo.getDefaultInstance();
        }
    }
}
