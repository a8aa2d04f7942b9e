package io.scopegate.trainer.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTraitTest {

    private static final Path JPEG = Path.of("a.jpg");
    private static final Path PNG = Path.of("a.png");

    @Test
    void plainPicturesHaveNone() throws IOException {
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
        byte[] png = TestPictures.bytes(PNG, BufferedImage.TYPE_INT_RGB, 1);
        ByteBuffer control = ByteBuffer.allocate(20).putInt(8).put("acTL".getBytes(StandardCharsets.US_ASCII));

        assertThat(PictureTrait.of(inserted(png, 33, control.array()))).containsExactly(PictureTrait.ANIMATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"II", "MM"})
    void orientationIsSeenInBothByteOrders(String order) throws IOException {
        byte[] jpeg = TestPictures.bytes(JPEG, BufferedImage.TYPE_INT_RGB, 1);

        assertThat(PictureTrait.of(inserted(jpeg, 2, exif(order, 6)))).containsExactly(PictureTrait.TURNED);
        assertThat(PictureTrait.of(inserted(jpeg, 2, exif(order, 1)))).isEmpty();
    }

    @Test
    void damagedExifIsPassedOver() throws IOException {
        byte[] jpeg = TestPictures.bytes(JPEG, BufferedImage.TYPE_INT_RGB, 1);
        byte[] exif = exif("MM", 6);
        Arrays.fill(exif, 14, 18, (byte) 0x7f);

        assertThat(PictureTrait.of(inserted(jpeg, 2, exif))).isEmpty();
    }

    private static byte[] exif(String order, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(26);
        tiff.order(order.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        tiff.put(order.getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        tiff.putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation);
        ByteBuffer segment = ByteBuffer.allocate(4 + 6 + 26);
        segment.putShort((short) 0xffe1).putShort((short) (2 + 6 + 26));
        segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff.array());
        return segment.array();
    }

    private static byte[] inserted(byte[] picture, int at, byte[] part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(picture, 0, at);
        out.writeBytes(part);
        out.write(picture, at, picture.length - at);
        return out.toByteArray();
    }
}
