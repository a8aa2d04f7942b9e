package io.scopegate.trainer.report;

import io.scopegate.bundle.frame.Picture;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A small picture embedded in the page. */
final class Thumbnail {

    private static final int WIDTH = 240;

    private Thumbnail() {}

    /** Returns an {@code img} element that contains the picture itself as a data URL. */
    static String img(Picture picture, String name) throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        if (!ImageIO.write(small(image(picture)), "jpeg", jpeg)) {
            throw new IOException("thumbnails: the JDK has no JPEG writer");
        }
        return "<img alt=\"%s\" src=\"data:image/jpeg;base64,%s\"/>"
                .formatted(Html.escape("Frame " + name), Base64.getEncoder().encodeToString(jpeg.toByteArray()));
    }

    /** Returns the element that takes the place of a missing thumbnail and states the reason. */
    static String missing(String reason) {
        return "<p class=\"missing\">" + Html.escape(reason) + "</p>";
    }

    private static BufferedImage image(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = picture.rgb();
        for (int k = 0; k < picture.width() * picture.height(); k++) {
            int color = (rgb[3 * k] & 0xff) << 16 | (rgb[3 * k + 1] & 0xff) << 8 | rgb[3 * k + 2] & 0xff;
            image.setRGB(k % picture.width(), k / picture.width(), color);
        }
        return image;
    }

    private static BufferedImage small(BufferedImage image) {
        int width = Math.min(WIDTH, image.getWidth());
        int height = Math.max(1, image.getHeight() * width / image.getWidth());
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.drawImage(image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        return small;
    }
}
