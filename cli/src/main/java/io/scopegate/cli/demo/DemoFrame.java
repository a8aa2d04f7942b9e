package io.scopegate.cli.demo;

import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.cli.input.FrameEncoder;
import io.scopegate.trainer.sampledata.RenderedFrame;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One rendered frame.
 *
 * @param name what it shows
 * @param label true class, {@code inbody} or {@code outbody}
 * @param jpeg encoded picture
 */
record DemoFrame(String name, String label, byte[] jpeg) {

    /** Encodes a frame; throws {@link UncheckedIOException} if that fails. */
    static DemoFrame of(RenderedFrame frame) {
        try {
            byte[] jpeg = FrameEncoder.encode(frame.image(), PixelFormat.JPEG);
            return new DemoFrame(frame.scene(), frame.label().text(), jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
