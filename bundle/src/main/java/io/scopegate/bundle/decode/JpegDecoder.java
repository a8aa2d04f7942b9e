package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Decodes JPEG to RGB. One instance per thread; owns its memory until it is closed. */
sealed interface JpegDecoder extends AutoCloseable permits TurboJpegDecoder, ImageIoJpegDecoder {

    /** What both decoders accept, for messages. */
    String SUPPORTED = "an 8-bit Huffman-coded JPEG in gray, YCbCr or RGB";

    /** A small progressive file can request any number of passes over the picture; encoders write about ten. */
    int MAX_SCANS = 100;

    /** Opens libjpeg-turbo if it can be loaded and is not switched off, otherwise ImageIO. */
    static JpegDecoder open() {
        if ("imageio".equals(System.getProperty("scopegate.jpeg.decoder"))) {
            return new ImageIoJpegDecoder();
        }
        try {
            return new TurboJpegDecoder();
        } catch (LinkageError e) {
            Logger log = System.getLogger(JpegDecoder.class.getName());
            log.log(Level.WARNING, "JPEG is decoded by ImageIO, which is several times slower: {0}", e.getMessage());
            return new ImageIoJpegDecoder();
        }
    }

    /** Returns the decoder's name, for people. */
    String name();

    /**
     * Decodes a picture, provided that the check accepts its size. Faults are reported as by
     * {@link FrameDecoder#decode}.
     */
    void decode(EncodedBytes jpeg, SizeCheck size, Picture into) throws FrameRejectedException;

    @Override
    void close();
}
