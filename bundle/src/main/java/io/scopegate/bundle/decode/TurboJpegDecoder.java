package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * JPEG by libjpeg-turbo: accurate DCT, smooth upsampling, each warning taken as a fault. Owns one native handle, a new one
 * for each picture: libjpeg would lend a picture that has lost its tables those of the one before, which may be another
 * device's.
 */
final class TurboJpegDecoder implements JpegDecoder {

    private static final long CLOSED = 0;

    private final AtomicLong handle;
    private final int[] size = new int[2];

    /**
     * @throws LinkageError if the library cannot be loaded
     */
    TurboJpegDecoder() {
        handle = new AtomicLong(open());
    }

    private static long open() {
        long opened = TurboJpegLibrary.open();
        if (opened == CLOSED) {
            throw new OutOfMemoryError("native memory for a JPEG decoder");
        }
        return opened;
    }

    @Override
    public String name() {
        return TurboJpegLibrary.version();
    }

    @Override
    public void decode(EncodedBytes jpeg, SizeCheck check, Picture into) throws FrameRejectedException {
        long open = handle.get();
        if (open == CLOSED) {
            throw new IllegalStateException("the decoder is closed");
        }
        try {
            accept(TurboJpegLibrary.readHeader(open, jpeg.array(), jpeg.offset(), jpeg.length(), size));
            check.checkEncoded(size[0], size[1]);
            byte[] rgb = into.reset(size[0], size[1]);
            accept(TurboJpegLibrary.decode(open, jpeg.array(), jpeg.offset(), jpeg.length(), rgb));
        } finally {
            close();
            handle.set(open());
        }
    }

    private void accept(int outcome) throws FrameRejectedException {
        if (outcome == TurboJpegLibrary.DECODED) {
            return;
        }
        String message = TurboJpegLibrary.message(handle.get());
        throw switch (outcome) {
            case TurboJpegLibrary.CORRUPT -> EncodedFault.corrupt("JPEG", message);
            case TurboJpegLibrary.UNSUPPORTED -> EncodedFault.unsupported(SUPPORTED, message);
            case TurboJpegLibrary.BAD_SIZE -> EncodedFault.badSize("a JPEG from 1 to 65500 pixels a side", message);
            default -> throw new IllegalStateException("outcome " + outcome);
        };
    }

    @Override
    public void close() {
        long open = handle.getAndSet(CLOSED);
        if (open != CLOSED) {
            TurboJpegLibrary.close(open);
        }
    }
}
