package io.scopegate.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import io.scopegate.proto.v1.RawPicture;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One picture to be classified. Immutable except for its content.
 *
 * <p>The content is not copied. The array or buffer must stay unchanged until the frame is answered, or until the call
 * that was to send it has thrown or returned {@code false}.
 */
public final class Frame {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final io.scopegate.proto.v1.Frame message;

    private Frame(io.scopegate.proto.v1.Frame message) {
        this.message = message;
    }

    /**
     * An encoded picture.
     *
     * @param id must increase strictly within a stream; treated as unsigned; gaps are allowed
     * @param captureTime when the picture was taken, by the client's {@link ScopegateClientBuilder#clock}
     * @throws IllegalArgumentException if {@code captureTime} is not in the years 1 to 9999
     */
    public static Frame encoded(long id, Instant captureTime, byte[] picture) {
        return encoded(id, captureTime, UnsafeByteOperations.unsafeWrap(Objects.requireNonNull(picture, "picture")));
    }

    /** As {@link #encoded(long, Instant, byte[])}, with the bytes from the buffer's position to its limit. */
    public static Frame encoded(long id, Instant captureTime, ByteBuffer picture) {
        return encoded(id, captureTime, UnsafeByteOperations.unsafeWrap(Objects.requireNonNull(picture, "picture")));
    }

    /**
     * A raw picture.
     *
     * @param id must increase strictly within a stream; treated as unsigned; gaps are allowed
     * @param captureTime when the picture was taken, by the client's {@link ScopegateClientBuilder#clock}
     * @param planes in the order of the pixel format, or a single plane that holds them all without gaps
     * @throws IllegalArgumentException if {@code captureTime} is not in the years 1 to 9999
     */
    public static Frame raw(long id, Instant captureTime, List<Plane> planes) {
        var picture = RawPicture.newBuilder();
        for (Plane plane : Objects.requireNonNull(planes, "planes")) {
            picture.addPlanesBuilder()
                    .setData(UnsafeByteOperations.unsafeWrap(
                            Objects.requireNonNull(plane, "plane").data()))
                    .setStride(plane.strideBytes());
        }
        return new Frame(stamped(id, captureTime).setRaw(picture).build());
    }

    /**
     * The same frame with its own format. Needed if the format differs from the stream's, and for {@link
     * ScopegateClient#classify}.
     */
    public Frame withFormat(FrameFormat format) {
        Objects.requireNonNull(format, "format");
        return new Frame(
                message.toBuilder().setFormat(FormatWriter.write(format)).build());
    }

    /** The same frame with the number that its source (camera, SDI, ST 2110) gave it; returned in the answer. */
    public Frame withSourceNumber(long number) {
        return new Frame(message.toBuilder().setSourceFrameNumber(number).build());
    }

    /**
     * The same frame with its source's own timestamp, such as PTP time; returned in the answer. Not used to compute the
     * frame's age.
     *
     * @throws IllegalArgumentException if {@code sourceTime} is not in the years 1 to 9999
     */
    public Frame withSourceTime(Instant sourceTime) {
        return new Frame(message.toBuilder()
                .setSourceTime(timestamp("sourceTime", sourceTime))
                .build());
    }

    /** The frame's id; treated as unsigned. */
    public long id() {
        return message.getFrameId();
    }

    /** When the picture was taken. */
    public Instant captureTime() {
        return ProtoTime.instant(message.getCaptureTime());
    }

    io.scopegate.proto.v1.Frame message() {
        return message;
    }

    private static Frame encoded(long id, Instant captureTime, ByteString picture) {
        return new Frame(stamped(id, captureTime).setEncoded(picture).build());
    }

    private static io.scopegate.proto.v1.Frame.Builder stamped(long id, Instant captureTime) {
        return io.scopegate.proto.v1.Frame.newBuilder()
                .setFrameId(id)
                .setCaptureTime(timestamp("captureTime", captureTime));
    }

    /**
     * Refuses a time for which the server would reject the frame. A server of an earlier release would end the stream.
     */
    private static Timestamp timestamp(String name, Instant time) {
        Objects.requireNonNull(time, name);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException(name + ": " + EARLIEST + " to " + LATEST + ", not " + time);
        }
        return ProtoTime.timestamp(time);
    }
}
