package io.scopegate.trainer.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTraitTest {

    private static final Path JPEG = Path.of("a.jpg");
    private static final Path PNG = Path.of("a.png");

    @Test
    void plainPictureHasNoTraits() throws IOException {
        assertThat(PictureTrait.of(TestPictures.bytes(JPEG, BufferedImage.TYPE_INT_RGB, 1)))
                .isEmpty();
        assertThat(PictureTrait.of(TestPictures.bytes(PNG, BufferedImage.TYPE_INT_RGB, 1)))
                .isEmpty();
    }

    @Test
    void grayIsSeenInBothFormats() throws IOException {
        assertThat(PictureTrait.of(TestPictures.bytes(JPEG, BufferedImage.TYPE_BYTE_GRAY, 1)))
                .containsExactly(PictureTrait.GRAY);
        assertThat(PictureTrait.of(TestPictures.bytes(PNG, BufferedImage.TYPE_USHORT_GRAY, 1)))
                .containsExactly(PictureTrait.SIXTEEN_BIT, PictureTrait.GRAY);
    }

    @Test
    void transparencyIsSeen() throws IOException {
        assertThat(PictureTrait.of(TestPictures.bytes(PNG, BufferedImage.TYPE_INT_ARGB, 1)))
                .containsExactly(PictureTrait.ALPHA);
    }

    @Test
    void animationIsSeen() throws IOException {
        assertThat(PictureTrait.of(TestPictures.animated())).containsExactly(PictureTrait.ANIMATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"II", "MM"})
    void orientationIsSeenInBothByteOrders(String order) throws IOException {
        assertThat(PictureTrait.of(TestPictures.turned(order, 6))).containsExactly(PictureTrait.TURNED);
        assertThat(PictureTrait.of(TestPictures.turned(order, 1))).isEmpty();
    }

    @Test
    void damagedExifIsPassedOver() throws IOException {
        byte[] jpeg = TestPictures.turned("MM", 6);
        Arrays.fill(jpeg, 16, 20, (byte) 0x7f);

        assertThat(PictureTrait.of(jpeg)).isEmpty();
    }
}
