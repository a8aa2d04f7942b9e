package io.scopegate.bundle.decode;

import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import java.util.function.LongSupplier;

/**
 * Decodes JPEG with libjpeg-turbo: accurate DCT, smooth upsampling, each warning treated as a fault. Each picture gets
 * a native handle of its own: otherwise libjpeg would decode a picture that has lost its tables with those of the
 * picture before, which may come from another device. If there is no memory for a handle, only that picture fails.
 */
final class TurboJpegDecoder implements JpegDecoder {

    private static final long NONE = 0;

    private final LongSupplier handles;
    private final String name;
    private final int[] size = new int[2];
    private boolean closed;

    /**
     * @throws LinkageError if the library cannot be loaded
     */
    TurboJpegDecoder() {
        this(TurboJpegLibrary::open);
    }

    /**
     * Creates a decoder for tests of what happens without memory.
     *
     * @param handles returns a new handle of the library, or 0
     */
    TurboJpegDecoder(LongSupplier handles) {
        this.handles = handles;
        this.name = TurboJpegLibrary.version();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void decode(EncodedBytes jpeg, SizeCheck check, Picture into) throws FrameRejectedException {
        long handle = open();
        try {
            accept(handle, TurboJpegLibrary.readHeader(handle, jpeg.array(), jpeg.offset(), jpeg.length(), size));
            check.checkEncoded(size[0], size[1]);
            byte[] rgb = into.reset(size[0], size[1]);
            accept(handle, TurboJpegLibrary.decode(handle, jpeg.array(), jpeg.offset(), jpeg.length(), rgb));
        } finally {
            TurboJpegLibrary.close(handle);
        }
    }

    private long open() {
        if (closed) {
            throw new IllegalStateException("the decoder is closed");
        }
        long opened = handles.getAsLong();
        if (opened == NONE) {
            throw new OutOfMemoryError("native memory for a JPEG decoder");
        }
        return opened;
    }

    private static void accept(long handle, int outcome) throws FrameRejectedException {
        if (outcome == TurboJpegLibrary.DECODED) {
            return;
        }
        String message = TurboJpegLibrary.message(handle);
        throw switch (outcome) {
            case TurboJpegLibrary.CORRUPT -> EncodedFault.corrupt("JPEG", message);
            case TurboJpegLibrary.UNSUPPORTED -> EncodedFault.unsupported(SUPPORTED, message);
            case TurboJpegLibrary.BAD_SIZE -> EncodedFault.badSize("a JPEG from 1 to 65500 pixels a side", message);
            default -> throw new IllegalStateException("outcome " + outcome);
        };
    }

    @Override
    public void close() {
        closed = true;
    }
}
