package io.scopegate.server.grpc;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.frame.Rejection.Cause;
import io.scopegate.proto.v1.Frame.ContentCase;
import io.scopegate.proto.v1.Plane;
import io.scopegate.server.frame.ArrivedFrame;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameHeader.Source;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.frame.UnreadableFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads frames off the wire, without copying their pictures. */
final class FrameReader {

    private final ServerClock clock;

    FrameReader(ServerClock clock) {
        this.clock = clock;
    }

    /**
     * Reads a frame that has just arrived, and notes the time of its arrival.
     *
     * @param streamFormat format of frames that carry none of their own; null if the stream has none
     */
    ArrivedFrame read(io.scopegate.proto.v1.Frame wire, @Nullable FrameFormat streamFormat) {
        FrameHeader header = header(wire);
        Rejected noTime = timeFault(wire);
        if (noTime != null) {
            return new UnreadableFrame(header, noTime);
        }
        try {
            FrameFormat format = format(wire, streamFormat);
            return new Frame(header, format, planes(wire, format));
        } catch (FrameRejectedException e) {
            return new UnreadableFrame(header, Rejected.of(e.rejection()));
        }
    }

    private FrameHeader header(io.scopegate.proto.v1.Frame wire) {
        Source source = new Source(
                wire.hasSourceFrameNumber() ? wire.getSourceFrameNumber() : null,
                WireTime.ofFrame(wire.hasSourceTime(), wire.getSourceTime()));
        return new FrameHeader(
                wire.getFrameId(),
                WireTime.ofFrame(wire.hasCaptureTime(), wire.getCaptureTime()),
                source,
                clock.wallTime(),
                clock.nanoTime());
    }

    /** Returns the fault in the frame's times, or null. A time that is not set reads as the epoch, which is valid. */
    private static @Nullable Rejected timeFault(io.scopegate.proto.v1.Frame wire) {
        Rejected fault = WireTime.fault("capture_time", wire.getCaptureTime());
        return fault == null ? WireTime.fault("source_time", wire.getSourceTime()) : fault;
    }

    private static FrameFormat format(io.scopegate.proto.v1.Frame wire, @Nullable FrameFormat streamFormat)
            throws FrameRejectedException {
        if (wire.hasFormat()) {
            return FormatReader.read(wire.getFormat());
        }
        if (streamFormat == null) {
            throw new FrameRejectedException(
                    Cause.UNSUPPORTED_FORMAT, "format", "stated by the stream or the frame", "absent");
        }
        return streamFormat;
    }

    private static List<FramePlane> planes(io.scopegate.proto.v1.Frame wire, FrameFormat format)
            throws FrameRejectedException {
        boolean encoded = format.pixelFormat().encoded();
        ContentCase expected = encoded ? ContentCase.ENCODED : ContentCase.RAW;
        if (wire.getContentCase() == ContentCase.CONTENT_NOT_SET) {
            throw new FrameRejectedException(Cause.EMPTY_FRAME, "content", "a picture", "absent");
        }
        if (wire.getContentCase() != expected) {
            throw new FrameRejectedException(
                    Cause.UNSUPPORTED_FORMAT,
                    "content",
                    expected + " for " + format.pixelFormat(),
                    wire.getContentCase().toString());
        }
        return encoded
                ? List.of(new FramePlane(wire.getEncoded().asReadOnlyByteBuffer(), 0))
                : rawPlanes(wire.getRaw().getPlanesList(), format.pixelFormat());
    }

    private static List<FramePlane> rawPlanes(List<Plane> wire, PixelFormat pixels) throws FrameRejectedException {
        // Each plane costs many times its bytes on the wire, so the number is checked first.
        if (wire.size() > pixels.planes()) {
            throw new FrameRejectedException(
                    Cause.BAD_PLANE_SIZE,
                    "raw.planes",
                    "at most " + pixels.planes() + " for " + pixels,
                    String.valueOf(wire.size()));
        }
        List<FramePlane> planes = new ArrayList<>(wire.size());
        for (Plane plane : wire) {
            if (plane.getStride() < 0) {
                throw new FrameRejectedException(
                        Cause.BAD_PLANE_SIZE,
                        "raw.planes.stride",
                        "at most " + Integer.MAX_VALUE,
                        Integer.toUnsignedString(plane.getStride()));
            }
            planes.add(new FramePlane(plane.getData().asReadOnlyByteBuffer(), plane.getStride()));
        }
        return planes;
    }
}
