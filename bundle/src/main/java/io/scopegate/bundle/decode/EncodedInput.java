package io.scopegate.bundle.decode;

import javax.imageio.stream.ImageInputStreamImpl;

/** Presents an encoded picture to ImageIO, without a copy and without a file cache. */
final class EncodedInput extends ImageInputStreamImpl {

    private final EncodedBytes encoded;

    EncodedInput(EncodedBytes encoded) {
        this.encoded = encoded;
    }

    @Override
    public long length() {
        return encoded.length();
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < encoded.length() ? encoded.unsignedByte((int) streamPos++) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        bitOffset = 0;
        int count = (int) Math.min(length, encoded.length() - streamPos);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(encoded.array(), encoded.offset() + (int) streamPos, into, offset, count);
        streamPos += count;
        return count;
    }
}
