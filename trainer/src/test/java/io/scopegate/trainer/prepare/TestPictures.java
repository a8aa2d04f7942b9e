package io.scopegate.trainer.prepare;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures of random values, as the model zoo's own test of the bundle makes them. */
public final class TestPictures {

    private TestPictures() {}

    /** Writes a picture of this type; another seed gives another picture. */
    public static void write(Path file, int type, long seed) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, bytes(file, type, seed));
    }

    static byte[] bytes(Path file, int type, long seed) throws IOException {
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

    /** Writes so many RGB JPEGs named 0.jpg and so on; seeds count from {@code seed}. */
    public static void writeJpegs(Path folder, int count, long seed) throws IOException {
        for (int k = 0; k < count; k++) {
            write(folder.resolve(k + ".jpg"), BufferedImage.TYPE_INT_RGB, seed + k);
        }
    }
}
