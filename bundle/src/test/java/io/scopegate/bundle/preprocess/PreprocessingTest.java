package io.scopegate.bundle.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scopegate.bundle.frame.Picture;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PreprocessingTest {

    @Test
    void axisOneIsThePicturesX() {
        Picture picture = new Picture();
        byte[] rgb = picture.reset(4, 2);
        rgb[(1 * 4 + 3) * 3] = (byte) 200;
        rgb[0] = 100;

        float[] tensor = tensor(picture, new InputShape(4, 2));

        assertThat(tensor[3 * 2 + 1]).isEqualTo(1);
        assertThat(tensor[0]).isEqualTo(-1);
    }

    @Test
    void zerosStayZeroAndAreNotCounted() {
        Picture picture = new Picture();
        byte[] rgb = picture.reset(2, 2);
        rgb[0] = 10;
        rgb[3] = 20;

        float[] tensor = tensor(picture, new InputShape(2, 2));

        assertThat(tensor).startsWith(-1, 0, 1, 0);
    }

    @Test
    void aBlackPictureBecomesZeros() {
        Picture picture = new Picture();
        picture.reset(7, 5);

        assertThat(tensor(picture, new InputShape(4, 4))).containsOnly(0);
    }

    @Test
    void aPictureOfOneColorBecomesZerosSinceItsDeviationCountsAsOne() {
        Picture picture = new Picture();
        Arrays.fill(picture.reset(7, 5), (byte) 93);

        assertThat(tensor(picture, new InputShape(4, 4))).containsOnly(0);
    }

    @Test
    void downScalingTakesTheTwoNearestPixelsAndDoesNotSmooth() {
        Picture picture = new Picture();
        byte[] rgb = picture.reset(8, 1);
        for (int x = 0; x < 8; x++) {
            rgb[3 * x] = (byte) (x == 1 || x == 2 ? 80 : 40);
        }

        float[] tensor = tensor(picture, new InputShape(2, 1));

        assertThat(tensor[0]).as("between pixels 1 and 2").isEqualTo(1);
        assertThat(tensor[1]).as("between pixels 5 and 6").isEqualTo(-1);
    }

    @Property(tries = 200)
    void everyChannelHasMeanZeroAndDeviationOneOverItsNonZeroPixels(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll long seed) {
        Picture picture = new Picture();
        new Random(seed).nextBytes(picture.reset(width, height));
        for (int k = 0; k < width * height * 3; k++) {
            picture.rgb()[k] |= 1;
        }
        InputShape shape = new InputShape(16, 8);

        float[] tensor = tensor(picture, shape);

        int plane = shape.width() * shape.height();
        for (int channel = 0; channel < 3; channel++) {
            double sum = 0;
            double squares = 0;
            for (int k = channel * plane; k < (channel + 1) * plane; k++) {
                sum += tensor[k];
                squares += tensor[k] * tensor[k];
            }
            assertThat(sum / plane).isCloseTo(0, within(1e-4));
            if (width * height > 1) {
                assertThat(squares == 0 || Math.abs(squares / plane - 1) < 1e-3).isTrue();
            }
        }
    }

    @Property(tries = 50)
    void aPictureOfTheTensorsSizeIsScoredElementByElement(
            @ForAll @IntRange(min = 1, max = 40) int width, @ForAll @IntRange(min = 1, max = 40) int height) {
        Picture picture = noise(width, height);
        InputShape shape = new InputShape(width, height);

        float[] tensor = tensor(picture, shape);

        for (int channel = 0; channel < 3; channel++) {
            double[] levels = new double[width * height];
            for (int k = 0; k < levels.length; k++) {
                levels[k] = picture.rgb()[3 * k + channel] & 0xff;
            }
            double mean =
                    Arrays.stream(levels).filter(level -> level != 0).average().orElse(0);
            double variance = Arrays.stream(levels)
                    .filter(level -> level != 0)
                    .map(level -> (level - mean) * (level - mean))
                    .average()
                    .orElse(0);
            for (int k = 0; k < levels.length; k++) {
                double expected = levels[k] == 0 ? 0 : (levels[k] - mean) / (variance == 0 ? 1 : Math.sqrt(variance));
                int place = (channel * width + k % width) * height + k / width;
                assertThat((double) tensor[place]).isCloseTo(expected, within(1e-4));
            }
        }
    }

    @Property(tries = 300)
    void aResizedPictureIsBitForBitWhatTheDefinitionSays(
            @ForAll @IntRange(min = 1, max = 150) int width,
            @ForAll @IntRange(min = 1, max = 150) int height,
            @ForAll @IntRange(min = 1, max = 70) int targetWidth,
            @ForAll @IntRange(min = 1, max = 70) int targetHeight) {
        Picture picture = darkNoise(width, height);
        InputShape shape = new InputShape(targetWidth, targetHeight);
        Assume.that(width != targetWidth || height != targetHeight);

        assertThat(bits(tensor(picture, shape))).isEqualTo(bits(PlainPreprocessing.tensor(picture, shape)));
    }

    @Property(tries = 100)
    void aPictureOfTheTensorsSizeHasTheScoresThatTheDefinitionGives(
            @ForAll @IntRange(min = 1, max = 150) int width, @ForAll @IntRange(min = 1, max = 150) int height) {
        Picture picture = darkNoise(width, height);
        InputShape shape = new InputShape(width, height);

        assertThat(tensor(picture, shape)).containsExactly(PlainPreprocessing.tensor(picture, shape), within(1e-6f));
    }

    @Property(tries = 50)
    void aReusedInstanceGivesTheSameAsANewOne(
            @ForAll @IntRange(min = 1, max = 40) int first, @ForAll @IntRange(min = 1, max = 40) int second) {
        Preprocessing reused = new Preprocessing(new InputShape(8, 8));
        reused.apply(noise(first, second), FloatBuffer.allocate(3 * 64), 0);
        FloatBuffer again = FloatBuffer.allocate(3 * 64);
        reused.apply(noise(second, first), again, 0);

        assertThat(again.array()).isEqualTo(tensor(noise(second, first), new InputShape(8, 8)));
    }

    @Test
    void theTensorIsWrittenFromTheOffset() {
        InputShape shape = new InputShape(2, 2);
        FloatBuffer batch = FloatBuffer.allocate(2 * shape.elements());
        Picture picture = noise(2, 2);

        new Preprocessing(shape).apply(picture, batch, shape.elements());

        float[] expected = tensor(picture, shape);
        assertThat(batch.slice(0, shape.elements())).isEqualTo(FloatBuffer.allocate(shape.elements()));
        assertThat(batch.slice(shape.elements(), shape.elements())).isEqualTo(FloatBuffer.wrap(expected));
        assertThat(batch.position()).isZero();
    }

    private static Picture noise(int width, int height) {
        Picture picture = new Picture();
        new Random(width * 1000L + height).nextBytes(picture.reset(width, height));
        return picture;
    }

    /** Returns noise in which a third of the values are 0; in some pictures a whole channel is. */
    private static Picture darkNoise(int width, int height) {
        Picture picture = new Picture();
        Random random = new Random(width * 1000L + height);
        byte[] rgb = picture.reset(width, height);
        int darkChannel = random.nextInt(8);
        for (int k = 0; k < width * height * 3; k++) {
            rgb[k] = (byte) (random.nextInt(3) == 0 || k % 3 == darkChannel ? 0 : random.nextInt(256));
        }
        return picture;
    }

    /** Returns the bits of all elements, which tell 0 from -0. */
    private static int[] bits(float[] tensor) {
        int[] bits = new int[tensor.length];
        for (int k = 0; k < tensor.length; k++) {
            bits[k] = Float.floatToRawIntBits(tensor[k]);
        }
        return bits;
    }

    private static float[] tensor(Picture picture, InputShape shape) {
        FloatBuffer tensor = FloatBuffer.allocate(shape.elements());
        new Preprocessing(shape).apply(picture, tensor, 0);
        return tensor.array();
    }
}
