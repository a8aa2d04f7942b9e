package io.scopegate.bundle.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {

    private static final byte[] WHOLE = EncodedPictures.jpeg(48, 32);

    @Test
    void committedLibrariesMatchTheirChecksums() throws IOException {
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
        List<Integer> whileDecoding = new ArrayList<>();

        try (TurboJpegDecoder decoder = new TurboJpegDecoder(() -> {
            long handle = TurboJpegLibrary.open();
            whileDecoding.add(TurboJpegLibrary.openHandles());
            return handle;
        })) {
            for (int i = 0; i < 50; i++) {
                decodeGoodAndBad(decoder);
            }
        }

        assertThat(whileDecoding).as("the count sees what is open").hasSize(250).containsOnly(before + 1);
        assertThat(TurboJpegLibrary.openHandles()).isEqualTo(before);
    }

    @Test
    void aPictureWithoutMemoryForItsHandleFailsAndTheNextIsDecoded() throws FrameRejectedException {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        try (TurboJpegDecoder decoder =
                new TurboJpegDecoder(() -> exhausted.getAndSet(false) ? 0 : TurboJpegLibrary.open())) {
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> decode(decoder, WHOLE));

            decode(decoder, WHOLE);
        }
    }

    private static void decode(TurboJpegDecoder decoder, byte[] jpeg) throws FrameRejectedException {
        SizeCheck size = new SizeCheck(FrameFormat.encoded(PixelFormat.JPEG), FrameLimits.DEFAULT);
        decoder.decode(new EncodedBytes(jpeg, 0, jpeg.length), size, new Picture());
    }

    private static void decodeGoodAndBad(TurboJpegDecoder decoder) {
        for (int length : new int[] {WHOLE.length, 3, 100, WHOLE.length / 2, WHOLE.length - 1}) {
            try {
                decode(decoder, Arrays.copyOf(WHOLE, length));
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
