package io.scopegate.trainer.network;

import io.scopegate.bundle.decode.FrameDecoder;
import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FramePlane;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the network's input of a picture file. */
public final class GoldenInput {

    private GoldenInput() {}

    /** Returns the input tensor of one picture. */
    public static float[] tensor(Path file) throws IOException {
        float[] tensor = new float[InputShape.REFERENCE.elements()];
        new Preprocessing(InputShape.REFERENCE).apply(picture(file), FloatBuffer.wrap(tensor), 0);
        return tensor;
    }

    /**
     * Returns the picture's values resized to {@code 3 x side x side}, not normalised; the x axis precedes the y axis.
     */
    public static float[] resized(Path file, int side) throws IOException {
        Picture picture = picture(file);
        float[] values = new float[Picture.CHANNELS * side * side];
        for (int k = 0; k < values.length; k++) {
            float x = position(k / side % side, picture.width(), side);
            float y = position(k % side, picture.height(), side);
            values[k] = sample(picture, k / (side * side), x, y);
        }
        return values;
    }

    private static float position(int target, int size, int side) {
        return Math.max(0, (target + 0.5f) * size / side - 0.5f);
    }

    private static float sample(Picture picture, int channel, float x, float y) {
        int left = (int) x;
        int top = (int) y;
        int right = Math.min(left + 1, picture.width() - 1);
        int bottom = Math.min(top + 1, picture.height() - 1);
        float upper = mix(value(picture, channel, left, top), value(picture, channel, right, top), x - left);
        float lower = mix(value(picture, channel, left, bottom), value(picture, channel, right, bottom), x - left);
        return mix(upper, lower, y - top);
    }

    private static float mix(float first, float second, float weight) {
        return first * (1 - weight) + second * weight;
    }

    private static float value(Picture picture, int channel, int x, int y) {
        return picture.rgb()[(y * picture.width() + x) * Picture.CHANNELS + channel] & 0xff;
    }

    private static Picture picture(Path file) throws IOException {
        PixelFormat format = file.toString().endsWith(".png") ? PixelFormat.PNG : PixelFormat.JPEG;
        FramePlane encoded = FramePlane.of(Files.readAllBytes(file));
        Picture picture = new Picture();
        try (FrameDecoder decoder = FrameDecoder.open(FrameLimits.DEFAULT)) {
            decoder.decode(FrameFormat.encoded(format), List.of(encoded), picture);
        } catch (FrameRejectedException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return picture;
    }
}
