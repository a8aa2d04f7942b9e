package io.scopegate.trainer.sampledata;

import java.util.Arrays;

/**
 * A height for each pixel and the light on it: diffuse light, wet glints and the shade of hollows.
 *
 * <p>Heights have the unit of scene coordinates; higher is nearer to the camera.
 */
final class Relief {
    /** How much the direction to the scope turns from the middle of the frame to its border. */
    private static final float PERSPECTIVE = 0.5f;

    private static final int CELL = 8;

    final int width;
    final int height;
    final View.Grid grid;
    final float[] heights;
    /** Diffuse light per pixel, filled by {@link #illuminate}. */
    final float[] light;
    /** Mirrored light per pixel, 0 to 1, filled by {@link #illuminate}. */
    final float[] glint;

    private final double zoom;

    Relief(Canvas canvas, View view) {
        width = canvas.width;
        height = canvas.height;
        grid = view.grid(width, height);
        zoom = view.zoom();
        heights = new float[width * height];
        light = new float[width * height];
        glint = new float[width * height];
    }

    /** Adds a body to the relief and marks the pixels where it is the highest. */
    void raise(Organ organ, Noise noise, byte[] owners, byte mark) {
        double margin = 1.2 * organ.softness();
        Rotation rotation = new Rotation(StrictMath.cos(organ.angle()), StrictMath.sin(organ.angle()));
        double reach = organ.shape().reach() + margin;
        double breadth = organ.shape().breadth() + margin;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double dx = grid.x(column, row) - organ.x();
                double dy = grid.y(column, row) - organ.y();
                double across = dy * rotation.cos - dx * rotation.sin;
                if (Math.abs(across) < breadth && dx * dx + dy * dy < reach * reach) {
                    double bend = organ.softness() * noise.smooth(dx * 1.3 + organ.x() * 9, dy * 1.3 + mark);
                    double along = dx * rotation.cos + dy * rotation.sin;
                    double inside = organ.shape().inside(along + bend, across - bend);
                    if (inside > 0) {
                        cover(organ, inside, owners, new Mark(row * width + column, mark));
                    }
                }
            }
        }
    }

    private record Rotation(double cos, double sin) {}

    private record Mark(int pixel, byte owner) {}

    private void cover(Organ organ, double inside, byte[] owners, Mark mark) {
        float level = (float) (organ.top() - organ.bulge() * (1 - Math.sqrt(inside)));
        float below = heights[mark.pixel];
        if (level > below) {
            owners[mark.pixel] = mark.owner;
        }
        heights[mark.pixel] = joined(below, level, (float) (0.25 * organ.softness()));
    }

    /** Returns the greater of two heights, rounded off where they are about equal. */
    private static float joined(float a, float b, float width) {
        float overlap = Math.max(0, width - Math.abs(a - b));
        return Math.max(a, b) + (width > 0 ? overlap * overlap / (4 * width) : 0);
    }

    /**
     * Computes {@link #light} and {@link #glint}. Hollows narrower than about 40 pixels lose light; in a canvas 360
     * pixels high that is about a ninth of its height.
     */
    void illuminate(Headlight lamp, double hollowShade) {
        float[] around = coarseHeights();
        float scale = (float) (height * zoom * 0.5);
        for (int row = 0; row < height; row++) {
            int up = Math.max(0, row - 1) * width;
            int down = Math.min(height - 1, row + 1) * width;
            float screenY = (row + 0.5f) / height - 0.5f;
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                int previous = column == 0 ? i : i - 1;
                int next = column == width - 1 ? i : i + 1;
                float slopeX = (heights[next] - heights[previous]) * scale;
                float slopeY = (heights[down + column] - heights[up + column]) * scale;
                float screenX = (column + 0.5f - width * 0.5f) / height;
                float shade = hollow(around, i, row, column) * (float) hollowShade;
                light[i] = lamp.at(screenX, screenY, heights[i]) / (1 + Math.max(0, shade));
                reflect(i, slopeX, slopeY, screenX - (float) lamp.x(), screenY - (float) lamp.y());
            }
        }
    }

    private void reflect(int i, float slopeX, float slopeY, float screenX, float screenY) {
        float towardsX = screenX * PERSPECTIVE;
        float towardsY = screenY * PERSPECTIVE;
        float lengths = (1 + slopeX * slopeX + slopeY * slopeY) * (1 + towardsX * towardsX + towardsY * towardsY);
        float facing = Math.max(0, 1 + slopeX * towardsX + slopeY * towardsY) / (float) Math.sqrt(lengths);
        float second = facing * facing;
        float fourth = second * second;
        float eighth = fourth * fourth;
        float glossy = eighth * eighth;
        glossy *= glossy;
        glint[i] = glossy * glossy;
        light[i] *= 0.18f + 0.82f * facing;
    }

    private float hollow(float[] around, int i, int row, int column) {
        int columns = columns();
        float x = Math.clamp((column - CELL / 2f) / CELL, 0, columns - 1.001f);
        float y = Math.clamp((row - CELL / 2f) / CELL, 0, rows() - 1.001f);
        int cell = (int) y * columns + (int) x;
        float fx = x - (int) x;
        float fy = y - (int) y;
        float upper = around[cell] + fx * (around[cell + 1] - around[cell]);
        float lower = around[cell + columns] + fx * (around[cell + columns + 1] - around[cell + columns]);
        return upper + fy * (lower - upper) - heights[i];
    }

    private float[] coarseHeights() {
        float[] sums = new float[columns() * rows()];
        int[] counts = new int[sums.length];
        for (int row = 0; row < height; row += 2) {
            for (int column = 0; column < width; column += 2) {
                int cell = row / CELL * columns() + column / CELL;
                sums[cell] += heights[row * width + column];
                counts[cell]++;
            }
        }
        for (int cell = 0; cell < sums.length; cell++) {
            sums[cell] /= Math.max(1, counts[cell]);
        }
        return Blur.box(Arrays.copyOf(sums, sums.length), columns(), rows(), 2);
    }

    private int columns() {
        return (width + CELL - 1) / CELL;
    }

    private int rows() {
        return (height + CELL - 1) / CELL;
    }
}
