package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import java.util.List;

/** Raw formats to RGB. Not thread-safe: holds a row of each plane as scratch memory. */
final class RawDecoder {

    private byte[] first = new byte[0];
    private byte[] second = new byte[0];
    private byte[] third = new byte[0];

    /** Decodes a frame whose announced size the check accepts; faults as in {@link FrameDecoder#decode}. */
    void decode(SizeCheck size, List<FramePlane> planes, Picture into) throws FrameRejectedException {
        size.checkRaw();
        FrameFormat format = size.format();
        List<PlaneRows> rows = RawPlanes.of(format, planes);
        first = room(first, rows.getFirst());
        into.reset(format.width(), format.height());
        switch (format.pixelFormat()) {
            case RGB8 -> copy(rows.getFirst(), into);
            case BGR8 -> packed(rows.getFirst(), new Packing(3, 2, 1, 0), into);
            case RGBA8 -> packed(rows.getFirst(), new Packing(4, 0, 1, 2), into);
            case GRAY8 -> packed(rows.getFirst(), new Packing(1, 0, 0, 0), into);
            case NV12 -> semiPlanar(rows, YuvToRgb.of(format), into);
            case I420 -> planar(rows, YuvToRgb.of(format), into);
            case UYVY -> interleaved(rows.getFirst(), YuvToRgb.of(format), into);
            case JPEG, PNG -> throw new IllegalArgumentException(format.pixelFormat() + " is not raw");
        }
    }

    private static byte[] room(byte[] scratch, PlaneRows plane) {
        return scratch.length < plane.rowBytes() ? new byte[plane.rowBytes()] : scratch;
    }

    private static void copy(PlaneRows plane, Picture into) {
        for (int y = 0; y < into.height(); y++) {
            plane.copy(y, into.rgb(), y * plane.rowBytes());
        }
    }

    /** Bytes a pixel, and where in them its colours are. */
    private record Packing(int bytes, int red, int green, int blue) {}

    private void packed(PlaneRows plane, Packing packing, Picture into) {
        byte[] rgb = into.rgb();
        for (int y = 0, to = 0; y < into.height(); y++) {
            plane.copy(y, first, 0);
            for (int from = 0; from < plane.rowBytes(); from += packing.bytes(), to += Picture.CHANNELS) {
                rgb[to] = first[from + packing.red()];
                rgb[to + 1] = first[from + packing.green()];
                rgb[to + 2] = first[from + packing.blue()];
            }
        }
    }

    private void semiPlanar(List<PlaneRows> planes, YuvToRgb conversion, Picture into) {
        second = room(second, planes.get(1));
        YuvRow row = new YuvRow(first, 0, 1, second, 0, second, 1, 2);
        for (int y = 0; y < into.height(); y++) {
            planes.getFirst().copy(y, first, 0);
            planes.get(1).copy(y / 2, second, 0);
            conversion.convert(row, into, y);
        }
    }

    private void planar(List<PlaneRows> planes, YuvToRgb conversion, Picture into) {
        second = room(second, planes.get(1));
        third = room(third, planes.get(2));
        YuvRow row = new YuvRow(first, 0, 1, second, 0, third, 0, 1);
        for (int y = 0; y < into.height(); y++) {
            planes.getFirst().copy(y, first, 0);
            planes.get(1).copy(y / 2, second, 0);
            planes.get(2).copy(y / 2, third, 0);
            conversion.convert(row, into, y);
        }
    }

    private void interleaved(PlaneRows plane, YuvToRgb conversion, Picture into) {
        YuvRow row = new YuvRow(first, 1, 2, first, 0, first, 2, 4);
        for (int y = 0; y < into.height(); y++) {
            plane.copy(y, first, 0);
            conversion.convert(row, into, y);
        }
    }
}
