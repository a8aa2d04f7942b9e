package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import java.util.List;

/**
 * Decodes raw formats to RGB. The loops have constant steps, since otherwise the compiler leaves every bounds check in
 * them.
 *
 * <p>Not thread-safe: holds rows as scratch memory.
 */
final class RawDecoder {

    private byte[] row = new byte[0];
    private YuvRow yuv = new YuvRow(0);

    /**
     * Decodes a frame, provided that the check accepts its announced size. Faults are reported as by
     * {@link FrameDecoder#decode}.
     */
    void decode(SizeCheck size, List<FramePlane> planes, Picture into) throws FrameRejectedException {
        size.checkRaw();
        FrameFormat format = size.format();
        List<PlaneRows> rows = RawPlanes.of(format, planes);
        into.reset(format.width(), format.height());
        makeRoom(format, rows);
        for (int y = 0; y < format.height(); y++) {
            decode(y, format, rows, into);
        }
    }

    private void makeRoom(FrameFormat format, List<PlaneRows> planes) {
        for (PlaneRows plane : planes) {
            row = row.length < plane.rowBytes() ? new byte[plane.rowBytes()] : row;
        }
        yuv = yuv.orFor(format);
    }

    private void decode(int y, FrameFormat format, List<PlaneRows> planes, Picture into) {
        int to = y * format.width() * Picture.CHANNELS;
        PlaneRows first = planes.getFirst();
        switch (format.pixelFormat()) {
            case RGB8 -> first.copy(y, into.rgb(), to);
            case BGR8 -> writeBgr(first.copy(y, row), format.width(), into.rgb(), to);
            case RGBA8 -> writeRgba(first.copy(y, row), format.width(), into.rgb(), to);
            case GRAY8 -> writeGray(first.copy(y, row), format.width(), into.rgb(), to);
            case NV12 -> yuv.readNv12(planes, y, row).write(into.rgb(), to);
            case I420 -> yuv.readI420(planes, y).write(into.rgb(), to);
            case UYVY -> yuv.readUyvy(first.copy(y, row)).write(into.rgb(), to);
            case JPEG, PNG -> throw new IllegalArgumentException(format.pixelFormat() + " is not raw");
        }
    }

    private static void writeBgr(byte[] bgr, int width, byte[] rgb, int to) {
        for (int x = 0; x < width; x++) {
            rgb[to + 3 * x] = bgr[3 * x + 2];
            rgb[to + 3 * x + 1] = bgr[3 * x + 1];
            rgb[to + 3 * x + 2] = bgr[3 * x];
        }
    }

    private static void writeRgba(byte[] rgba, int width, byte[] rgb, int to) {
        for (int x = 0; x < width; x++) {
            rgb[to + 3 * x] = rgba[4 * x];
            rgb[to + 3 * x + 1] = rgba[4 * x + 1];
            rgb[to + 3 * x + 2] = rgba[4 * x + 2];
        }
    }

    private static void writeGray(byte[] gray, int width, byte[] rgb, int to) {
        for (int x = 0; x < width; x++) {
            rgb[to + 3 * x] = gray[x];
            rgb[to + 3 * x + 1] = gray[x];
            rgb[to + 3 * x + 2] = gray[x];
        }
    }
}
