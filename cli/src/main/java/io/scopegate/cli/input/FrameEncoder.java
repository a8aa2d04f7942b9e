package io.scopegate.cli.input;

import io.scopegate.bundle.frame.PixelFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * Encodes a picture as a capture device would send it, in any of the contract's formats, without row padding. YUV is
 * BT.709 in limited range from 720 lines up and BT.601 below, as the contract assumes if nothing is specified.
 */
public final class FrameEncoder {

    private static final int HIGH_DEFINITION_LINES = 720;

    private final BufferedImage image;
    private final int width;
    private final int height;
    private final double redWeight;
    private final double blueWeight;

    private FrameEncoder(BufferedImage image) {
        this.image = image;
        this.width = image.getWidth();
        this.height = image.getHeight();
        boolean highDefinition = height >= HIGH_DEFINITION_LINES;
        this.redWeight = highDefinition ? 0.2126 : 0.299;
        this.blueWeight = highDefinition ? 0.0722 : 0.114;
    }

    /** Returns all planes one after the other, or the encoded file. */
    public static byte[] encode(BufferedImage image, PixelFormat format) throws IOException {
        FrameEncoder encoder = new FrameEncoder(image);
        return switch (format) {
            case JPEG -> encoder.file("jpg");
            case PNG -> encoder.file("png");
            case RGB8 -> encoder.interleaved(16, 8, 0);
            case BGR8 -> encoder.interleaved(0, 8, 16);
            case RGBA8 -> encoder.interleaved(16, 8, 0, 24);
            case GRAY8 -> encoder.gray();
            case NV12 -> encoder.nv12();
            case I420 -> encoder.i420();
            case UYVY -> encoder.uyvy();
        };
    }

    private byte[] file(String kind) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, kind, out)) {
            throw new IOException("no writer for " + kind);
        }
        return out.toByteArray();
    }

    private byte[] interleaved(int... shifts) {
        byte[] out = new byte[width * height * shifts.length];
        for (int k = 0; k < width * height; k++) {
            int pixel = image.getRGB(k % width, k / width);
            for (int c = 0; c < shifts.length; c++) {
                out[k * shifts.length + c] = (byte) (pixel >> shifts[c]);
            }
        }
        return out;
    }

    private byte[] gray() {
        byte[] out = new byte[width * height];
        for (int k = 0; k < out.length; k++) {
            out[k] = (byte) Math.round(luma(k % width, k / width));
        }
        return out;
    }

    private byte[] nv12() {
        int chroma = width * height;
        byte[] out = new byte[chroma + 2 * halfWidth() * halfHeight()];
        putLuma(out);
        for (int k = 0; k < halfWidth() * halfHeight(); k++) {
            out[chroma + 2 * k] = blueDifference(2 * (k % halfWidth()), 2 * (k / halfWidth()));
            out[chroma + 2 * k + 1] = redDifference(2 * (k % halfWidth()), 2 * (k / halfWidth()));
        }
        return out;
    }

    private byte[] i420() {
        int quarter = halfWidth() * halfHeight();
        byte[] out = new byte[width * height + 2 * quarter];
        putLuma(out);
        for (int k = 0; k < quarter; k++) {
            out[width * height + k] = blueDifference(2 * (k % halfWidth()), 2 * (k / halfWidth()));
            out[width * height + quarter + k] = redDifference(2 * (k % halfWidth()), 2 * (k / halfWidth()));
        }
        return out;
    }

    private byte[] uyvy() {
        byte[] out = new byte[4 * halfWidth() * height];
        for (int k = 0; k < halfWidth() * height; k++) {
            int x = 2 * (k % halfWidth());
            int y = k / halfWidth();
            out[4 * k] = blueDifference(x, y);
            out[4 * k + 1] = limitedLuma(x, y);
            out[4 * k + 2] = redDifference(x, y);
            out[4 * k + 3] = limitedLuma(Math.min(x + 1, width - 1), y);
        }
        return out;
    }

    private void putLuma(byte[] out) {
        for (int k = 0; k < width * height; k++) {
            out[k] = limitedLuma(k % width, k / width);
        }
    }

    private int halfWidth() {
        return (width + 1) / 2;
    }

    private int halfHeight() {
        return (height + 1) / 2;
    }

    private byte limitedLuma(int x, int y) {
        return (byte) Math.round(16 + luma(x, y) * 219 / 255);
    }

    private byte blueDifference(int x, int y) {
        double difference = ((image.getRGB(x, y) & 0xff) - luma(x, y)) / (2 * (1 - blueWeight));
        return (byte) Math.round(128 + difference * 224 / 255);
    }

    private byte redDifference(int x, int y) {
        double difference = ((image.getRGB(x, y) >> 16 & 0xff) - luma(x, y)) / (2 * (1 - redWeight));
        return (byte) Math.round(128 + difference * 224 / 255);
    }

    private double luma(int x, int y) {
        int pixel = image.getRGB(x, y);
        double green = 1 - redWeight - blueWeight;
        return redWeight * (pixel >> 16 & 0xff) + green * (pixel >> 8 & 0xff) + blueWeight * (pixel & 0xff);
    }
}
