package io.scopegate.bundle.decode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures for tests: smooth shapes with some noise, so that every coefficient of a JPEG occurs. */
final class EncodedPictures {

    private EncodedPictures() {}

    static BufferedImage image(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(42);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = shade(150 + 90 * Math.sin(x / 17.0 + y / 29.0), random);
                int green = shade(90 + 80 * Math.cos(x / 11.0), random);
                int blue = shade(70 + 60 * Math.sin(y / 7.0), random);
                int alpha = (x * 3 + y) % 256;
                image.setRGB(x, y, alpha << 24 | red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    private static int shade(double value, Random random) {
        return Math.clamp(Math.round(value + random.nextGaussian(0, 6)), 0, 255);
    }

    static byte[] jpeg(int width, int height) {
        return jpeg(image(width, height, BufferedImage.TYPE_INT_RGB), false);
    }

    static byte[] grayJpeg(int width, int height) {
        return jpeg(image(width, height, BufferedImage.TYPE_BYTE_GRAY), false);
    }

    static byte[] progressiveJpeg(int width, int height) {
        return jpeg(image(width, height, BufferedImage.TYPE_INT_RGB), true);
    }

    private static byte[] jpeg(BufferedImage image, boolean progressive) {
        return write("jpeg", image, progressive);
    }

    static byte[] png(BufferedImage image, boolean interlaced) {
        return write("png", image, interlaced);
    }

    private static byte[] write(String format, BufferedImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Returns a gray JPEG of 8 x 8 pixels with this number of scans, up to 127, each of which is correct. */
    static byte[] jpegWithScans(int scans) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        put(jpeg, 0xff, 0xd8, 0xff, 0xdb, 0, 67, 0);
        for (int i = 0; i < 64; i++) {
            jpeg.write(1);
        }
        put(jpeg, 0xff, 0xc2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0);
        for (int table : new int[] {0x00, 0x10}) {
            put(jpeg, 0xff, 0xc4, 0, 20, table, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        put(jpeg, 0xff, 0xda, 0, 8, 1, 1, 0x00, 0, 0, 0x00, 0x7f);
        for (int scan = 1; scan < scans; scan++) {
            int coefficient = (scan + 1) / 2;
            put(jpeg, 0xff, 0xda, 0, 8, 1, 1, 0x00, coefficient, coefficient, scan % 2 == 1 ? 0x01 : 0x10, 0x7f);
        }
        put(jpeg, 0xff, 0xd9);
        return jpeg.toByteArray();
    }

    /** Returns a JPEG that ends after its headers. */
    static byte[] jpegHeaders(int frameMarker, int precision, int components) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        put(jpeg, 0xff, 0xd8, 0xff, frameMarker, 0, 8 + 3 * components, precision, 0, 8, 0, 8, components);
        for (int i = 1; i <= components; i++) {
            put(jpeg, i, 0x11, 0);
        }
        put(jpeg, 0xff, 0xda, 0, 6 + 2 * components, components);
        for (int i = 1; i <= components; i++) {
            put(jpeg, i, 0x00);
        }
        put(jpeg, frameMarker == 0xc3 ? 1 : 0, frameMarker == 0xc3 ? 0 : 63, 0, 0xff, 0xd9);
        return jpeg.toByteArray();
    }

    static void put(ByteArrayOutputStream to, int... bytes) {
        for (int b : bytes) {
            to.write(b);
        }
    }

    /**
     * Returns the index of the JPEG's baseline or progressive frame header: 0xff, the marker, 2 bytes length,
     * precision, height.
     */
    static int frameHeader(byte[] jpeg) {
        for (int i = 2; i < jpeg.length - 1; i++) {
            if ((jpeg[i] & 0xff) == 0xff && ((jpeg[i + 1] & 0xff) == 0xc0 || (jpeg[i + 1] & 0xff) == 0xc2)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no frame header");
    }
}
