package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.Picture;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PictureAugmentationTest {

    private static final PictureAugmentation.Settings NOTHING =
            new PictureAugmentation.Settings(0.999999, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final PictureAugmentation.Settings EVERYTHING =
            new PictureAugmentation.Settings(0.3, 1.4, 3, 1, 1, 1, 1, 1, 1, 1, 1);

    private static final PictureAugmentation.Settings COLLAGE =
            new PictureAugmentation.Settings(1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    private static final PictureAugmentation.Settings RECOLORED =
            new PictureAugmentation.Settings(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    @Property(tries = 30)
    void anyPictureBecomesASquare(@ForAll @IntRange(min = 1, max = 300) int width, @ForAll long seed) {
        Picture picture = picture(width, 40);

        Picture changed = apply(EVERYTHING, picture, Label.OUT_OF_BODY, seed);

        assertThat(changed.width()).isEqualTo(256);
        assertThat(changed.height()).isEqualTo(256);
    }

    @Test
    void plainPictureStaysPlainWhereNothingIsChanged() {
        Picture picture = new Picture();
        Arrays.fill(picture.reset(32, 32), (byte) 100);

        Picture same = apply(NOTHING, picture, Label.OUT_OF_BODY, 1);

        for (int k = 0; k < 256 * 256 * 3; k++) {
            assertThat(same.rgb()[k] & 0xff).isBetween(99, 101);
        }
    }

    @Test
    void zoomRangeOfExactlyOneIsAccepted() {
        PictureAugmentation.Settings whole = new PictureAugmentation.Settings(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        Picture picture = picture(256, 256);

        Picture same = apply(whole, picture, Label.IN_BODY, 1);

        assertThat(same.width()).isEqualTo(256);
    }

    @Test
    void sameSeedGivesTheSamePicture() {
        Picture picture = picture(64, 40);

        byte[] first = apply(EVERYTHING, picture, Label.OUT_OF_BODY, 7).rgb();
        byte[] second = apply(EVERYTHING, picture, Label.OUT_OF_BODY, 7).rgb();

        assertThat(first).isEqualTo(second);
        assertThat(apply(EVERYTHING, picture, Label.OUT_OF_BODY, 8).rgb()).isNotEqualTo(first);
    }

    @Test
    void outOfBodyPicturesMayHaveAnyHueOfTheSameLuma() {
        Picture picture = plain(130, 110, 100);
        Set<Integer> brightest = new HashSet<>();

        for (int seed = 0; seed < 20; seed++) {
            byte[] rgb = apply(RECOLORED, picture, Label.OUT_OF_BODY, seed).rgb();
            brightest.add(brightestChannel(rgb));
            assertThat(luma(rgb)).isBetween(113.0, 117.0);
        }
        assertThat(brightest).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void inBodyPicturesKeepTheirHue() {
        for (int seed = 0; seed < 20; seed++) {
            byte[] rgb =
                    apply(RECOLORED, plain(160, 90, 70), Label.IN_BODY, seed).rgb();

            assertThat(rgb[0] & 0xff).isBetween(159, 161);
            assertThat(rgb[1] & 0xff).isBetween(89, 91);
            assertThat(rgb[2] & 0xff).isBetween(69, 71);
        }
    }

    @Test
    void grayStaysGrayAtAnyHue() {
        byte[] rgb =
                apply(RECOLORED, plain(100, 100, 100), Label.OUT_OF_BODY, 5).rgb();

        for (int k = 0; k < 256 * 256 * 3; k++) {
            assertThat(rgb[k] & 0xff).isBetween(99, 101);
        }
    }

    @Property(tries = 20)
    void aPartOfACollageShowsAnotherPicture(@ForAll long seed) {
        List<Picture> alike = List.of(plain(200, 200, 200));

        byte[] rgb = new PictureAugmentation(COLLAGE)
                .apply(plain(50, 50, 50), Label.IN_BODY, alike, new SplittableRandom(seed))
                .rgb();

        long other = IntStream.range(0, 256 * 256)
                .filter(k -> (rgb[3 * k] & 0xff) > 150)
                .count();
        assertThat(other / (256.0 * 256)).isBetween(0.05, 0.95);
    }

    private static int brightestChannel(byte[] rgb) {
        return IntStream.range(0, Picture.CHANNELS)
                .reduce(0, (best, channel) -> (rgb[channel] & 0xff) > (rgb[best] & 0xff) ? channel : best);
    }

    private static double luma(byte[] rgb) {
        return 0.299 * (rgb[0] & 0xff) + 0.587 * (rgb[1] & 0xff) + 0.114 * (rgb[2] & 0xff);
    }

    private static Picture apply(PictureAugmentation.Settings settings, Picture picture, Label label, long seed) {
        return new PictureAugmentation(settings).apply(picture, label, List.of(picture), new SplittableRandom(seed));
    }

    private static Picture plain(int red, int green, int blue) {
        Picture picture = new Picture();
        byte[] rgb = picture.reset(32, 32);
        for (int k = 0; k < rgb.length; k += Picture.CHANNELS) {
            rgb[k] = (byte) red;
            rgb[k + 1] = (byte) green;
            rgb[k + 2] = (byte) blue;
        }
        return picture;
    }

    private static Picture picture(int width, int height) {
        Picture picture = new Picture();
        byte[] rgb = picture.reset(width, height);
        new SplittableRandom(3).nextBytes(rgb);
        return picture;
    }
}
