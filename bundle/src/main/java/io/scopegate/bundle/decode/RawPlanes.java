package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Rejection.Cause;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows of a raw frame's planes and checks that the planes have the right size, neither too small nor too
 * large.
 */
final class RawPlanes {

    /**
     * Row length in bytes and number of rows of a plane, and whether its rows are half as wide as the first plane's.
     */
    private record Shape(int rowBytes, int rows, boolean halfWidth) {}

    private RawPlanes() {}

    /** Returns one entry for each plane of the format. The frame's size has already been checked. */
    static List<PlaneRows> of(FrameFormat format, List<FramePlane> planes) throws FrameRejectedException {
        List<Shape> shapes = shapes(format);
        if (planes.size() == shapes.size()) {
            return separate(shapes, planes);
        }
        if (planes.size() == 1) {
            return joined(shapes, planes.getFirst());
        }
        String expected = shapes.size() == 1 ? "1 plane" : shapes.size() + " planes or 1";
        throw bad("raw.planes", expected + " for " + format.pixelFormat(), String.valueOf(planes.size()));
    }

    private static List<Shape> shapes(FrameFormat format) {
        int width = format.width();
        int height = format.height();
        int halfWidth = (width + 1) / 2;
        int halfHeight = (height + 1) / 2;
        return switch (format.pixelFormat()) {
            case RGB8, BGR8 -> List.of(new Shape(3 * width, height, false));
            case RGBA8 -> List.of(new Shape(4 * width, height, false));
            case GRAY8 -> List.of(new Shape(width, height, false));
            case NV12 -> List.of(new Shape(width, height, false), new Shape(2 * halfWidth, halfHeight, false));
            case I420 -> {
                Shape chroma = new Shape(halfWidth, halfHeight, true);
                yield List.of(new Shape(width, height, false), chroma, chroma);
            }
            case UYVY -> List.of(new Shape(4 * halfWidth, height, false));
            case JPEG, PNG -> throw new IllegalArgumentException(format.pixelFormat() + " has no planes");
        };
    }

    private static List<PlaneRows> separate(List<Shape> shapes, List<FramePlane> planes) throws FrameRejectedException {
        List<PlaneRows> rows = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            FramePlane plane = planes.get(i);
            Shape shape = shapes.get(i);
            long stride = stride(i, shape, Integer.toUnsignedLong(plane.strideBytes()));
            checkSize(i, plane, stride * (shape.rows() - 1) + shape.rowBytes(), stride * shape.rows());
            rows.add(new PlaneRows(plane.data(), plane.data().position(), (int) stride, shape.rowBytes()));
        }
        return rows;
    }

    /**
     * Finds the rows of planes that all lie in one buffer. Their stride is the given one, or half of it, rounded up,
     * where rows are half as wide.
     */
    private static List<PlaneRows> joined(List<Shape> shapes, FramePlane all) throws FrameRejectedException {
        long given = Integer.toUnsignedLong(all.strideBytes());
        List<PlaneRows> rows = new ArrayList<>();
        long start = 0;
        long end = 0;
        for (Shape shape : shapes) {
            long stride = stride(0, shape, shape.halfWidth() ? (given + 1) / 2 : given);
            rows.add(new PlaneRows(all.data(), (int) start, (int) stride, shape.rowBytes()));
            end = start + stride * (shape.rows() - 1) + shape.rowBytes();
            start += stride * shape.rows();
        }
        checkSize(0, all, end, start);
        return rows.stream().map(plane -> shifted(plane, all.data().position())).toList();
    }

    private static PlaneRows shifted(PlaneRows plane, int by) {
        return new PlaneRows(plane.data(), plane.start() + by, plane.strideBytes(), plane.rowBytes());
    }

    private static long stride(int plane, Shape shape, long given) throws FrameRejectedException {
        long stride = given == 0 ? shape.rowBytes() : given;
        if (stride < shape.rowBytes()) {
            throw bad("raw.planes[" + plane + "].stride", "0 or at least " + shape.rowBytes(), String.valueOf(given));
        }
        return stride;
    }

    /** Checks the size of a plane. The padding of the last row may be absent. */
    private static void checkSize(int plane, FramePlane given, long least, long most) throws FrameRejectedException {
        int bytes = given.data().remaining();
        if (bytes < least || bytes > most) {
            String expected = least == most ? least + " bytes" : "from " + least + " to " + most + " bytes";
            throw bad("raw.planes[" + plane + "].data", expected, String.valueOf(bytes));
        }
    }

    private static FrameRejectedException bad(String field, String limit, String value) {
        return new FrameRejectedException(Cause.BAD_PLANE_SIZE, field, limit, value);
    }
}
