package io.scopegate.server.grpc;

import com.google.protobuf.ByteString;
import io.scopegate.proto.v1.Frame;
import io.scopegate.proto.v1.FrameFormat;
import io.scopegate.proto.v1.PixelFormat;
import io.scopegate.proto.v1.Plane;
import io.scopegate.proto.v1.RawPicture;
import io.scopegate.proto.v1.Reason;
import io.scopegate.server.testing.Pictures;
import io.scopegate.server.testing.StreamClient;
import java.util.Arrays;
import java.util.stream.Stream;

/** Frames that must be rejected in a stream of JPEGs. */
final class BadFrames {

    /**
     * A frame that must be rejected.
     *
     * @param name of the case
     * @param frame usually with id 2
     * @param reason that the answer has to state
     * @param field that the answer has to name
     */
    record BadFrame(String name, Frame.Builder frame, Reason reason, String field) {
        @Override
        public String toString() {
            return name;
        }
    }

    private BadFrames() {}

    static Frame.Builder raw(long id, int width, int height, byte[] pixels) {
        return Frame.newBuilder()
                .setFrameId(id)
                .setFormat(FrameFormat.newBuilder()
                        .setPixelFormat(PixelFormat.PIXEL_FORMAT_RGB8)
                        .setWidth(width)
                        .setHeight(height))
                .setRaw(RawPicture.newBuilder().addPlanes(Plane.newBuilder().setData(ByteString.copyFrom(pixels))));
    }

    static Stream<BadFrame> all() {
        byte[] jpeg = Pictures.jpeg(Pictures.spot(320, 240));
        return Stream.of(
                new BadFrame(
                        "garbage",
                        StreamClient.frame(2, new byte[] {1, 2, 3}),
                        Reason.REASON_CORRUPT_PICTURE,
                        "encoded"),
                new BadFrame(
                        "truncated",
                        StreamClient.frame(2, Arrays.copyOf(jpeg, jpeg.length / 2)),
                        Reason.REASON_CORRUPT_PICTURE,
                        "encoded"),
                new BadFrame("no content", Frame.newBuilder().setFrameId(2), Reason.REASON_EMPTY_FRAME, "content"),
                new BadFrame(
                        "raw content for JPEG",
                        raw(2, 2, 2, new byte[12]).clearFormat(),
                        Reason.REASON_UNSUPPORTED_FORMAT,
                        "content"),
                new BadFrame(
                        "unknown format",
                        withFormat(jpeg, FrameFormat.newBuilder().setPixelFormatValue(99)),
                        Reason.REASON_UNSUPPORTED_FORMAT,
                        "format.pixel_format"),
                new BadFrame(
                        "unknown colour matrix",
                        withFormat(
                                jpeg,
                                FrameFormat.newBuilder()
                                        .setPixelFormat(PixelFormat.PIXEL_FORMAT_JPEG)
                                        .setColorMatrixValue(99)),
                        Reason.REASON_UNSUPPORTED_FORMAT,
                        "format.color_matrix"),
                new BadFrame(
                        "wrong plane size",
                        raw(2, 4, 4, new byte[47]),
                        Reason.REASON_BAD_PLANE_SIZE,
                        "raw.planes[0].data"),
                new BadFrame("zero width", raw(2, 0, 4, new byte[12]), Reason.REASON_BAD_DIMENSIONS, "format.width"),
                new BadFrame(
                        "huge height", raw(2, 1, 100_000, new byte[12]), Reason.REASON_BAD_DIMENSIONS, "format.height"),
                new BadFrame(
                        "width beyond 31 bits",
                        raw(2, -1, 4, new byte[12]),
                        Reason.REASON_BAD_DIMENSIONS,
                        "format.width"),
                new BadFrame(
                        "not the announced size",
                        withFormat(
                                jpeg,
                                FrameFormat.newBuilder()
                                        .setPixelFormat(PixelFormat.PIXEL_FORMAT_JPEG)
                                        .setWidth(321)
                                        .setHeight(240)),
                        Reason.REASON_BAD_DIMENSIONS,
                        "format.width"),
                new BadFrame(
                        "id that does not rise",
                        StreamClient.frame(1, jpeg),
                        Reason.REASON_FRAME_ID_NOT_RISING,
                        "frame_id"),
                new BadFrame(
                        "capture time that goes back",
                        StreamClient.frame(2, jpeg)
                                .setCaptureTime(com.google.protobuf.Timestamp.newBuilder()
                                        .setSeconds(99)),
                        Reason.REASON_CAPTURE_TIME_BACKWARDS,
                        "capture_time"),
                new BadFrame(
                        "capture time that is none",
                        StreamClient.frame(2, jpeg)
                                .setCaptureTime(com.google.protobuf.Timestamp.newBuilder()
                                        .setNanos(-1)),
                        Reason.REASON_IMPOSSIBLE_TIME,
                        "capture_time.nanos"),
                new BadFrame(
                        "source time beyond the year 9999",
                        StreamClient.frame(2, jpeg)
                                .setSourceTime(com.google.protobuf.Timestamp.newBuilder()
                                        .setSeconds(253_402_300_800L)),
                        Reason.REASON_IMPOSSIBLE_TIME,
                        "source_time.seconds"));
    }

    private static Frame.Builder withFormat(byte[] jpeg, FrameFormat.Builder format) {
        return StreamClient.frame(2, jpeg).setFormat(format);
    }
}
