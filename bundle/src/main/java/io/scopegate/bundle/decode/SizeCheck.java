package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.Rejection.Cause;

/**
 * Checks a picture's size against the announced size and against the limits, before memory is allocated for it.
 *
 * @param format what was announced
 * @param limits upper limits for a frame
 */
record SizeCheck(FrameFormat format, FrameLimits limits) {

    private static final long ADDRESSABLE_PIXELS = (Integer.MAX_VALUE - 8) / Picture.CHANNELS;

    /** Checks the size that an encoded picture states. */
    void checkEncoded(int width, int height) throws FrameRejectedException {
        checkLimits("encoded: width", width, "encoded: height", height);
        checkAnnounced("format.width", format.width(), width);
        checkAnnounced("format.height", format.height(), height);
    }

    /** Checks the announced size, which for raw formats is the only one. */
    void checkRaw() throws FrameRejectedException {
        checkLimits("format.width", format.width(), "format.height", format.height());
    }

    private void checkLimits(String widthField, int width, String heightField, int height)
            throws FrameRejectedException {
        checkSide(widthField, width);
        checkSide(heightField, height);
        long maxPixels = Math.min(limits.maxPixels(), ADDRESSABLE_PIXELS);
        if ((long) width * height > maxPixels) {
            throw bad(widthField + " x height", "at most " + maxPixels + " pixels", width + " x " + height);
        }
    }

    private void checkSide(String field, int pixels) throws FrameRejectedException {
        if (pixels < 1 || pixels > limits.maxDimension()) {
            throw bad(field, "from 1 to " + limits.maxDimension(), Integer.toUnsignedString(pixels));
        }
    }

    private static void checkAnnounced(String field, int announced, int actual) throws FrameRejectedException {
        if (announced != 0 && announced != actual) {
            throw bad(field, "0 or the picture's own " + actual, Integer.toUnsignedString(announced));
        }
    }

    private static FrameRejectedException bad(String field, String limit, String value) {
        return new FrameRejectedException(Cause.BAD_DIMENSIONS, field, limit, value);
    }
}
