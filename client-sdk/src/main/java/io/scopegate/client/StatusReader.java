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

/** Reads the status of a frame or of a call, with the field, limit and value of its ErrorInfo. */
final class StatusReader {
    private StatusReader() {}

    static AnswerStatus read(Status status) {
        Map<String, String> metadata = metadata(status);
        return new AnswerStatus(
                io.grpc.Status.fromCodeValue(status.getCode()).getCode().name(),
                status.getMessage(),
                Optional.ofNullable(metadata.get("field")),
                Optional.ofNullable(metadata.get("limit")),
                Optional.ofNullable(metadata.get("value")));
    }

    /** Of a call that has ended; the message names the cause where the transport knows one, such as a refused connect. */
    static AnswerStatus read(io.grpc.Status status, Metadata trailers) {
        AnswerStatus plain = AnswerStatus.of(status.getCode().name(), text(status));
        try {
            AnswerStatus detailed = read(StatusProto.fromStatusAndTrailers(status, trailers));
            return new AnswerStatus(
                    plain.code(), plain.message(), detailed.field(), detailed.limit(), detailed.value());
        } catch (RuntimeException e) {
            // No details, or those of another status, as behind a proxy that ends the call with its own.
            return plain;
        }
    }

    static AnswerStatus read(StatusRuntimeException failure) {
        Metadata trailers = failure.getTrailers();
        return read(failure.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    /** What the status says, and its cause, each where there is one. */
    static String text(io.grpc.Status status) {
        String description = status.getDescription() == null ? "" : status.getDescription();
        @Nullable
        String cause = status.getCause() == null ? null : status.getCause().getMessage();
        if (cause == null || description.contains(cause)) {
            return description;
        }
        return description.isEmpty() ? cause : description + ": " + cause;
    }

    private static Map<String, String> metadata(Status status) {
        for (Any detail : status.getDetailsList()) {
            // By name, since unpacking by class would need reflection in a native image.
            if (detail.getTypeUrl().endsWith("/google.rpc.ErrorInfo")) {
                return metadata(detail);
            }
        }
        return Map.of();
    }

    private static Map<String, String> metadata(Any errorInfo) {
        try {
            return ErrorInfo.parseFrom(errorInfo.getValue()).getMetadataMap();
        } catch (InvalidProtocolBufferException e) {
            return Map.of();
        }
    }
}
