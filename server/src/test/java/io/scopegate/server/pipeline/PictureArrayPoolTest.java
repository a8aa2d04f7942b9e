package io.scopegate.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.Thread.State;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PictureArrayPoolTest {

    private final PictureArrayPool pictures = new PictureArrayPool(100);
    private final List<byte[]> taken = new CopyOnWriteArrayList<>();

    @Test
    void returnedArrayIsReusedForAPictureOfSimilarSize() {
        byte[] array = pictures.take(40);
        pictures.giveBack(array);

        assertThat(pictures.take(20)).isSameAs(array);
        assertThat(pictures.take(30)).hasSize(30);
        assertThat(pictures.held()).isEqualTo(70);
    }

    @Test
    void aSmallPictureDoesNotHoldALargeArray() {
        pictures.giveBack(pictures.take(90));

        assertThat(pictures.take(44)).hasSize(44);
        assertThat(pictures.held()).isEqualTo(44);
    }

    @Test
    void returnedArrayIsKeptWhileThereIsMemory() {
        byte[] large = pictures.take(60);
        pictures.giveBack(large);

        assertThat(pictures.take(10)).hasSize(10);
        assertThat(pictures.take(60)).isSameAs(large);
    }

    @Test
    void pictureOverTheLimitWaitsUntilMemoryIsReturned() throws InterruptedException {
        byte[] first = pictures.take(80);
        Thread waiting = takes(30);
        awaits(waiting);
        assertThat(taken).isEmpty();

        pictures.giveBack(first);
        waiting.join();

        assertThat(taken).hasSize(1);
        assertThat(pictures.held()).isEqualTo(30);
    }

    @Test
    void smallOnesDoNotPassALargeOneThatWaits() throws InterruptedException {
        byte[] first = pictures.take(50);
        Thread large = takes(90);
        awaits(large);
        Thread small = takes(20);
        awaits(small);

        pictures.giveBack(first);
        large.join();
        assertThat(taken).singleElement().satisfies(array -> assertThat(array).hasSize(90));

        pictures.giveBack(taken.getFirst());
        small.join();
        assertThat(taken).hasSize(2);
    }

    @Test
    void onePictureLargerThanAllIsThereAlone() throws InterruptedException {
        byte[] small = pictures.take(10);
        Thread large = takes(500);
        awaits(large);

        pictures.giveBack(small);
        large.join();

        assertThat(taken.getFirst()).hasSize(500);
        pictures.giveBack(taken.getFirst());
        assertThat(pictures.take(60)).hasSize(60);
        assertThat(pictures.held()).isEqualTo(60);
    }

    @Test
    void pictureThatFailsToAllocateBlocksNoOther() {
        PictureArrayPool endless = new PictureArrayPool(Long.MAX_VALUE);

        assertThatThrownBy(() -> endless.take(Integer.MAX_VALUE)).isInstanceOf(OutOfMemoryError.class);

        assertThat(endless.take(10)).hasSize(10);
        assertThat(endless.held()).isEqualTo(10);
    }

    private Thread takes(int bytes) {
        return Thread.ofPlatform().daemon().start(() -> taken.add(pictures.take(bytes)));
    }

    private static void awaits(Thread thread) {
        while (thread.getState() != State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
