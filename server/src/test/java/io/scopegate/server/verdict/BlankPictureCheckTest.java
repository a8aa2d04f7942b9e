package io.scopegate.server.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.Picture;
import io.scopegate.server.frame.PictureContent.Kind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Checks which pictures, computed pixel by pixel, count as black, as of a single colour, or as real pictures. */
class BlankPictureCheckTest {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;

    private final BlankPictureCheck blankPicture = new BlankPictureCheck();
    private final SplittableRandom random = new SplittableRandom(5);

    /** A picture as a function: the level, 0 to 255, of one channel of a pixel. */
    private interface Pixel {
        int level(int x, int y, int channel);
    }

    @Test
    void blackWithNoiseIsBlack() {
        assertThat(kind((x, y, channel) -> random.nextInt(25))).isEqualTo(Kind.BLACK);
    }

    @Test
    void videoBlackIsBlack() {
        assertThat(kind((x, y, channel) -> 16)).isEqualTo(Kind.BLACK);
    }

    @Test
    void aScreenWithoutSignalIsOfOneColourInSpiteOfItsFewCharacters() {
        assertThat(kind((x, y, channel) -> x < 40 && y < 9 ? 255 : channel == 2 ? 200 : 10))
                .isEqualTo(Kind.SINGLE_COLOR);
    }

    @Test
    void oneColourWithTracesOfCompressionIsOneColour() {
        assertThat(kind((x, y, channel) -> 100 + random.nextInt(6))).isEqualTo(Kind.SINGLE_COLOR);
    }

    @Test
    void theNoiseOfACameraIsAPicture() {
        assertThat(kind((x, y, channel) -> 100 + random.nextInt(20))).isEqualTo(Kind.PICTURE);
    }

    @Test
    void oneChannelThatVariesIsAPicture() {
        assertThat(kind((x, y, channel) -> channel == 0 ? x * 255 / WIDTH : 40)).isEqualTo(Kind.PICTURE);
    }

    @Test
    void aSmallRoundViewOnBlackIsAPicture() {
        assertThat(kind((x, y, channel) -> Math.hypot(x - 160, y - 90) < 20 ? 90 + x % 64 : 0))
                .isEqualTo(Kind.PICTURE);
    }

    @Test
    void onePixelPictureIsOfASingleColour() {
        Picture picture = new Picture();
        picture.reset(1, 1)[0] = (byte) 200;

        assertThat(blankPicture.of(picture, false).kind()).isEqualTo(Kind.SINGLE_COLOR);
    }

    @Test
    void theDigestTellsPicturesApartByASinglePixelAndKnowsThemAgain() {
        Picture picture = picture((x, y, channel) -> (x * 7 + y * 3 + channel) & 0xff);
        int digest = blankPicture.of(picture, true).digest();

        assertThat(blankPicture.of(picture, true).digest()).isEqualTo(digest);
        picture.rgb()[WIDTH * HEIGHT * Picture.CHANNELS - 1]++;
        assertThat(blankPicture.of(picture, true).digest()).isNotEqualTo(digest);
    }

    private Kind kind(Pixel pixel) {
        return blankPicture.of(picture(pixel), false).kind();
    }

    private static Picture picture(Pixel pixel) {
        Picture picture = new Picture();
        byte[] rgb = picture.reset(WIDTH, HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT * Picture.CHANNELS; i++) {
            int at = i / Picture.CHANNELS;
            rgb[i] = (byte) pixel.level(at % WIDTH, at / WIDTH, i % Picture.CHANNELS);
        }
        return picture;
    }
}
