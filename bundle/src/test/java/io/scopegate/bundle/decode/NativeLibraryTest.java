package io.scopegate.bundle.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.frame.FrameRejectedException;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.bundle.frame.PixelFormat;
import io.scopegate.bundle.model.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {

    private static final byte[] WHOLE = EncodedPictures.jpeg(48, 32);

    @Test
    void committedLibrariesAreThoseThatWereBuilt() throws IOException {
        List<String> sums = new String(resource("SHA256SUMS"), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(sums).hasSize(2);
        for (String sum : sums) {
            String[] digestAndPath = sum.split(" +");
            assertThat(Digests.sha256(resource(digestAndPath[1])))
                    .as(digestAndPath[1])
                    .isEqualTo(digestAndPath[0]);
        }
    }

    @Test
    void decoderIsTheOneThatIsShipped() {
        try (FrameDecoder decoder = FrameDecoder.open(FrameLimits.DEFAULT)) {
            assertThat(decoder.jpegDecoder()).isEqualTo("libjpeg-turbo 3.1.3");
        }
    }

    @Test
    void noHandleIsLeftOpenWhateverThePictures() {
        int before = TurboJpegLibrary.openHandles();

        List<TurboJpegDecoder> kept = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            kept.add(new TurboJpegDecoder());
        }
        assertThat(TurboJpegLibrary.openHandles())
                .as("the count sees what is open")
                .isEqualTo(before + 50);
        for (TurboJpegDecoder decoder : kept) {
            decodeGoodAndBad(decoder);
            decoder.close();
            decoder.close();
        }

        assertThat(TurboJpegLibrary.openHandles()).isEqualTo(before);
    }

    private static void decodeGoodAndBad(TurboJpegDecoder decoder) {
        SizeCheck size = new SizeCheck(FrameFormat.encoded(PixelFormat.JPEG), FrameLimits.DEFAULT);
        for (int length : new int[] {WHOLE.length, 3, 100, WHOLE.length / 2, WHOLE.length - 1}) {
            try {
                decoder.decode(new EncodedBytes(Arrays.copyOf(WHOLE, length), 0, length), size, new Picture());
                assertThat(length).isEqualTo(WHOLE.length);
            } catch (FrameRejectedException e) {
                assertThat(length).isLessThan(WHOLE.length);
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = TurboJpegLibrary.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }
}
