package io.scopegate.server.grpc;

import io.scopegate.bundle.frame.ColorMatrix;
import io.scopegate.bundle.frame.ColorRange;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.frame.Rejection.Cause;

/** Reads frame formats of the contract. */
final class FormatReader {

    private FormatReader() {}

    static FrameFormat read(io.scopegate.proto.v1.FrameFormat wire) throws FrameRejectedException {
        PixelFormat pixels = pixelFormat(wire);
        int width = side("format.width", wire.getWidth());
        int height = side("format.height", wire.getHeight());
        return new FrameFormat(pixels, width, height, colorMatrix(wire, height), colorRange(wire));
    }

    private static PixelFormat pixelFormat(io.scopegate.proto.v1.FrameFormat wire) throws FrameRejectedException {
        return switch (wire.getPixelFormat()) {
            case PIXEL_FORMAT_JPEG -> PixelFormat.JPEG;
            case PIXEL_FORMAT_PNG -> PixelFormat.PNG;
            case PIXEL_FORMAT_RGB8 -> PixelFormat.RGB8;
            case PIXEL_FORMAT_BGR8 -> PixelFormat.BGR8;
            case PIXEL_FORMAT_RGBA8 -> PixelFormat.RGBA8;
            case PIXEL_FORMAT_GRAY8 -> PixelFormat.GRAY8;
            case PIXEL_FORMAT_NV12 -> PixelFormat.NV12;
            case PIXEL_FORMAT_I420 -> PixelFormat.I420;
            case PIXEL_FORMAT_UYVY -> PixelFormat.UYVY;
            case PIXEL_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
                throw unknown("format.pixel_format", "a PixelFormat", wire.getPixelFormatValue());
        };
    }

    private static ColorMatrix colorMatrix(io.scopegate.proto.v1.FrameFormat wire, int height)
            throws FrameRejectedException {
        return switch (wire.getColorMatrix()) {
            case COLOR_MATRIX_UNSPECIFIED -> ColorMatrix.usualFor(height);
            case COLOR_MATRIX_BT601 -> ColorMatrix.BT601;
            case COLOR_MATRIX_BT709 -> ColorMatrix.BT709;
            case UNRECOGNIZED -> throw unknown("format.color_matrix", "a ColorMatrix", wire.getColorMatrixValue());
        };
    }

    private static ColorRange colorRange(io.scopegate.proto.v1.FrameFormat wire) throws FrameRejectedException {
        return switch (wire.getColorRange()) {
            case COLOR_RANGE_UNSPECIFIED, COLOR_RANGE_LIMITED -> ColorRange.LIMITED;
            case COLOR_RANGE_FULL -> ColorRange.FULL;
            case UNRECOGNIZED -> throw unknown("format.color_range", "a ColorRange", wire.getColorRangeValue());
        };
    }

    private static int side(String field, int wire) throws FrameRejectedException {
        if (wire < 0) {
            throw new FrameRejectedException(
                    Cause.BAD_DIMENSIONS, field, "at most " + Integer.MAX_VALUE, Integer.toUnsignedString(wire));
        }
        return wire;
    }

    private static FrameRejectedException unknown(String field, String limit, int value) {
        return new FrameRejectedException(
                Cause.UNSUPPORTED_FORMAT, field, limit + " of the contract", String.valueOf(value));
    }
}
