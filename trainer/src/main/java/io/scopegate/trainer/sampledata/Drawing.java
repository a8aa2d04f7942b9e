package io.scopegate.trainer.sampledata;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * An anti-aliased drawing in scene coordinates, for everything that has outlines. Owned by the thread that renders the
 * frame.
 */
final class Drawing implements AutoCloseable {
    final BufferedImage image;
    final Graphics2D graphics;

    private Drawing(BufferedImage image, View view) {
        this.image = image;
        this.graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.transform(view.toPixels(image.getWidth(), image.getHeight()));
    }

    /** Returns a drawing that will hide everything below it. */
    static Drawing opaque(Canvas canvas, View view) {
        return new Drawing(new BufferedImage(canvas.width, canvas.height, BufferedImage.TYPE_INT_RGB), view);
    }

    /** Returns a drawing that is transparent until something is drawn. */
    static Drawing layer(Canvas canvas, View view) {
        return new Drawing(new BufferedImage(canvas.width, canvas.height, BufferedImage.TYPE_INT_ARGB_PRE), view);
    }

    void box(Rectangle2D box, Colour colour) {
        graphics.setPaint(colour.paint());
        graphics.fill(box);
    }

    /** Draws a box whose colour changes from top to bottom. */
    void shadedBox(Rectangle2D box, Colour top, Colour bottom) {
        graphics.setPaint(new LinearGradientPaint(
                new Point2D.Double(box.getX(), box.getY()),
                new Point2D.Double(box.getX(), box.getMaxY()),
                new float[] {0, 1},
                new Color[] {top.paint(), bottom.paint()}));
        graphics.fill(box);
    }

    /** Draws a disc whose colour changes from the middle to the rim. */
    void ball(double x, double y, double radius, Colour... fromMiddle) {
        float[] stops = new float[fromMiddle.length];
        Color[] colours = new Color[fromMiddle.length];
        for (int i = 0; i < stops.length; i++) {
            stops[i] = (float) i / (stops.length - 1);
            colours[i] = fromMiddle[i].paint();
        }
        graphics.setPaint(new RadialGradientPaint(new Point2D.Double(x, y), (float) radius, stops, colours));
        graphics.fill(disc(x, y, radius));
    }

    /** Runs the drawing in coordinates that are moved to x, y and rotated by the angle. */
    void at(double x, double y, double angle, Runnable drawing) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(angle);
        drawing.run();
        graphics.setTransform(before);
    }

    static Ellipse2D disc(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    static Rectangle2D rectangle(double x, double y, double width, double height) {
        return new Rectangle2D.Double(x, y, width, height);
    }

    @Override
    public void close() {
        graphics.dispose();
    }
}
