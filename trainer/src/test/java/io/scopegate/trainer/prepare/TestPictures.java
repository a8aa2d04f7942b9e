package io.scopegate.trainer.prepare;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Makes small pictures of random values, as the model zoo's own test of the reference bundle does. */
public final class TestPictures {

    private TestPictures() {}

    /** Writes a picture with the content of {@link #bytes}, and creates its folder. */
    public static void write(Path file, int type, long seed) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, bytes(file, type, seed));
    }

    /**
     * Returns a picture of 48x32 pixels in memory, a PNG if the file's name ends in {@code png}, otherwise a JPEG.
     *
     * @param type of the {@link BufferedImage}
     * @param seed of the values of the first channel; another seed gives another picture
     */
    public static byte[] bytes(Path file, int type, long seed) throws IOException {
        BufferedImage image = new BufferedImage(48, 32, type);
        Random random = new Random(seed);
        for (int k = 0; k < 48 * 32; k++) {
            image.getRaster().setSample(k % 48, k / 48, 0, random.nextInt(256));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String format = file.toString().toLowerCase(Locale.ROOT).endsWith("png") ? "png" : "jpg";
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer for " + format);
        }
        return out.toByteArray();
    }

    /** Returns a JPEG with four channels, as used for printing. */
    public static byte[] cmyk() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            Raster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 48, 32, 4, null);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** Returns a PNG with an {@code acTL} chunk, which marks it as an animation. */
    public static byte[] animated() throws IOException {
        ByteBuffer control = ByteBuffer.allocate(20).putInt(8).put("acTL".getBytes(StandardCharsets.US_ASCII));
        control.putInt(1).putInt(0);
        CRC32 crc = new CRC32();
        crc.update(control.array(), 4, 12);
        control.putInt((int) crc.getValue());
        return inserted(bytes(Path.of("a.png"), BufferedImage.TYPE_INT_RGB, 1), 33, control.array());
    }

    /**
     * Returns a JPEG with an EXIF orientation, which tells viewers how to rotate it.
     *
     * @param order byte order of the EXIF data, II or MM
     * @param orientation value of the tag; 1 is upright
     */
    public static byte[] turned(String order, int orientation) throws IOException {
        ByteBuffer tiff = ByteBuffer.allocate(26);
        tiff.order(order.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        tiff.put(order.getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        tiff.putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation);
        ByteBuffer segment = ByteBuffer.allocate(4 + 6 + 26);
        segment.putShort((short) 0xffe1).putShort((short) (2 + 6 + 26));
        segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff.array());
        return inserted(bytes(Path.of("a.jpg"), BufferedImage.TYPE_INT_RGB, 1), 2, segment.array());
    }

    private static byte[] inserted(byte[] picture, int at, byte[] part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(picture, 0, at);
        out.writeBytes(part);
        out.write(picture, at, picture.length - at);
        return out.toByteArray();
    }

    /**
     * Writes RGB JPEGs named 0.jpg, 1.jpg and so on, the first with the given seed, each following with the next one.
     */
    public static void writeJpegs(Path folder, int count, long seed) throws IOException {
        for (int k = 0; k < count; k++) {
            write(folder.resolve(k + ".jpg"), BufferedImage.TYPE_INT_RGB, seed + k);
        }
    }
}
