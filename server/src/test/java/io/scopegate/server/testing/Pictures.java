package io.scopegate.server.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures that the tiny networks can tell apart. */
public final class Pictures {

    private static final int DARK = 0x202020;
    private static final int BRIGHT = 0xf0f0f0;

    private Pictures() {}

    /** Returns a dark picture with one bright spot, whose largest z-score is high. */
    public static BufferedImage spot(int width, int height) {
        BufferedImage picture = plain(width, height);
        for (int y = 0; y < height / 8; y++) {
            for (int x = 0; x < width / 8; x++) {
                picture.setRGB(x, y, BRIGHT);
            }
        }
        return picture;
    }

    /** Returns a picture of one colour, whose z-scores are all zero. */
    public static BufferedImage plain(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, DARK);
            }
        }
        return picture;
    }

    public static byte[] png(BufferedImage picture) {
        return encode(picture, "png");
    }

    public static byte[] jpeg(BufferedImage picture) {
        return encode(picture, "jpeg");
    }

    /** Returns a PNG of one pixel whose header states a different size, with a valid checksum. */
    public static byte[] pngThatStates(int width, int height) {
        byte[] png = png(plain(1, 1));
        ByteBuffer bytes = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        CRC32 check = new CRC32();
        check.update(png, 12, 17);
        bytes.putInt(29, (int) check.getValue());
        return png;
    }

    /** Returns the pixels as RGB8, row by row. */
    public static byte[] rgb(BufferedImage picture) {
        byte[] bytes = new byte[picture.getWidth() * picture.getHeight() * 3];
        int at = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int color = picture.getRGB(x, y);
                bytes[at++] = (byte) (color >> 16);
                bytes[at++] = (byte) (color >> 8);
                bytes[at++] = (byte) color;
            }
        }
        return bytes;
    }

    private static byte[] encode(BufferedImage picture, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
