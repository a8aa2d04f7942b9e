package io.scopegate.server.frame;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FramePlane;
import java.util.List;

/**
 * A frame as it arrived; its bytes are those of the message, not a copy.
 *
 * @param header all but the picture
 * @param format of the picture
 * @param planes the picture's bytes
 */
public record Frame(FrameHeader header, FrameFormat format, List<FramePlane> planes) implements ArrivedFrame {

    public Frame {
        planes = List.copyOf(planes);
    }

    /** The bytes of its picture. */
    public long bytes() {
        return planes.stream().mapToLong(plane -> plane.data().remaining()).sum();
    }
}
