package io.scopegate.server.frame;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FramePlane;
import java.util.List;

/**
 * A readable frame as it arrived. Its planes refer to the bytes of the received message; they are not copied.
 *
 * @param header everything but the picture
 * @param format of the picture
 * @param planes the picture's bytes
 */
public record Frame(FrameHeader header, FrameFormat format, List<FramePlane> planes) implements ArrivedFrame {

    public Frame {
        planes = List.copyOf(planes);
    }

    /** Returns the size of the picture in bytes. */
    public long bytes() {
        return planes.stream().mapToLong(plane -> plane.data().remaining()).sum();
    }
}
