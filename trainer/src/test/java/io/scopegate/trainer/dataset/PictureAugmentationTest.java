package io.scopegate.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.Picture;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PictureAugmentationTest {

    private static final PictureAugmentation.Settings NOTHING =
            new PictureAugmentation.Settings(0.999999, 1, 0, 0, 0, 0, 0, 0, 0);
    private static final PictureAugmentation.Settings EVERYTHING =
            new PictureAugmentation.Settings(0.3, 1.4, 3, 1, 1, 1, 1, 1, 1);

    @Property(tries = 30)
    void anyPictureBecomesASquare(@ForAll @IntRange(min = 1, max = 300) int width, @ForAll long seed) {
        Picture picture = picture(width, 40);

        Picture changed = new PictureAugmentation(EVERYTHING).apply(picture, new SplittableRandom(seed));

        assertThat(changed.width()).isEqualTo(256);
        assertThat(changed.height()).isEqualTo(256);
    }

    @Test
    void plainPictureStaysPlainWhereNothingIsChanged() {
        Picture picture = new Picture();
        Arrays.fill(picture.reset(32, 32), (byte) 100);

        Picture same = new PictureAugmentation(NOTHING).apply(picture, new SplittableRandom(1));

        for (int k = 0; k < 256 * 256 * 3; k++) {
            assertThat(same.rgb()[k] & 0xff).isBetween(99, 101);
        }
    }

    @Test
    void zoomMayBeOneAlways() {
        PictureAugmentation.Settings whole = new PictureAugmentation.Settings(1, 1, 0, 0, 0, 0, 0, 0, 0);
        Picture picture = picture(256, 256);

        Picture same = new PictureAugmentation(whole).apply(picture, new SplittableRandom(1));

        assertThat(same.width()).isEqualTo(256);
    }

    @Test
    void sameSeedChangesTheSame() {
        Picture picture = picture(64, 40);

        byte[] first = new PictureAugmentation(EVERYTHING)
                .apply(picture, new SplittableRandom(7))
                .rgb();
        byte[] second = new PictureAugmentation(EVERYTHING)
                .apply(picture, new SplittableRandom(7))
                .rgb();

        assertThat(first).isEqualTo(second);
    }

    private static Picture picture(int width, int height) {
        Picture picture = new Picture();
        byte[] rgb = picture.reset(width, height);
        new SplittableRandom(3).nextBytes(rgb);
        return picture;
    }
}
