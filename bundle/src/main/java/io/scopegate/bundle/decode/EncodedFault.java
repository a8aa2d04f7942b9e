package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Rejection.Cause;

/** Creates the rejections of encoded pictures, worded alike for all decoders. */
final class EncodedFault {

    private EncodedFault() {}

    static FrameRejectedException corrupt(String format, String what) {
        return new FrameRejectedException(
                Cause.CORRUPT_PICTURE, "encoded", "an intact " + format + " picture", "one with: " + what);
    }

    static FrameRejectedException unsupported(String supported, String what) {
        return new FrameRejectedException(Cause.UNSUPPORTED_FORMAT, "encoded", supported, "one with: " + what);
    }

    static FrameRejectedException badSize(String limit, String what) {
        return new FrameRejectedException(Cause.BAD_DIMENSIONS, "encoded", limit, "one with: " + what);
    }
}
