package io.scopegate.client;

/** Writes a {@link FrameFormat} as the contract's message. */
final class FormatWriter {
    private FormatWriter() {}

    static io.scopegate.proto.v1.FrameFormat write(FrameFormat format) {
        return io.scopegate.proto.v1.FrameFormat.newBuilder()
                .setPixelFormat(pixelFormat(format.pixelFormat()))
                .setWidth(format.width())
                .setHeight(format.height())
                .setColorMatrix(colorMatrix(format.colorMatrix()))
                .setColorRange(colorRange(format.colorRange()))
                .build();
    }

    private static io.scopegate.proto.v1.PixelFormat pixelFormat(PixelFormat format) {
        return io.scopegate.proto.v1.PixelFormat.valueOf("PIXEL_FORMAT_" + format.name());
    }

    private static io.scopegate.proto.v1.ColorMatrix colorMatrix(ColorMatrix matrix) {
        return switch (matrix) {
            case BY_HEIGHT -> io.scopegate.proto.v1.ColorMatrix.COLOR_MATRIX_UNSPECIFIED;
            case BT601 -> io.scopegate.proto.v1.ColorMatrix.COLOR_MATRIX_BT601;
            case BT709 -> io.scopegate.proto.v1.ColorMatrix.COLOR_MATRIX_BT709;
        };
    }

    private static io.scopegate.proto.v1.ColorRange colorRange(ColorRange range) {
        return switch (range) {
            case LIMITED -> io.scopegate.proto.v1.ColorRange.COLOR_RANGE_LIMITED;
            case FULL -> io.scopegate.proto.v1.ColorRange.COLOR_RANGE_FULL;
        };
    }
}
