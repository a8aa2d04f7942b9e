package io.scopegate.server.pipeline;

import io.scopegate.bundle.decode.FrameDecoder;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.server.frame.Frame;
import io.scopegate.server.frame.PictureContent;
import io.scopegate.server.infer.InputTensor;
import io.scopegate.server.verdict.BlankPictureCheck;

/** What one thread needs to turn frames into tensors. Owns the decoder's native memory. One thread. */
final class DecodeTools implements AutoCloseable {

    private final FrameDecoder decoder;
    private final Picture picture;
    private final BlankPictureCheck blankPicture = new BlankPictureCheck();
    private Preprocessing preprocessing = new Preprocessing(InputShape.REFERENCE);

    /** @param memory where the decoded picture's memory comes from */
    DecodeTools(FrameLimits limits, Picture.Memory memory) {
        decoder = FrameDecoder.open(limits);
        picture = new Picture(memory);
    }

    /** Returns the name of the JPEG decoder that could be loaded, for the log. */
    String jpegDecoder() {
        return decoder.jpegDecoder();
    }

    /** Decodes the frame; the picture stays here until {@link #letGo()}. */
    void decode(Frame frame) throws FrameRejectedException {
        decoder.decode(frame.format(), frame.planes(), picture);
    }

    /** Returns what the picture decoded last shows. */
    PictureContent look(boolean withDigest) {
        return blankPicture.of(picture, withDigest);
    }

    /** Writes the picture decoded last into a tensor. */
    void preprocess(InputShape shape, InputTensor tensor) {
        if (!preprocessing.shape().equals(shape)) {
            preprocessing = new Preprocessing(shape);
        }
        preprocessing.apply(picture, tensor.floats(), 0);
    }

    /** Releases the memory of the picture decoded last. */
    void letGo() {
        picture.letGo();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
