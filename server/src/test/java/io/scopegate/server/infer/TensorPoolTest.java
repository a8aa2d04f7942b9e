package io.scopegate.server.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.inference.InputBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorPoolTest {

    private static final int ELEMENTS = 2;

    private final TensorPool pool = new TensorPool(4, ELEMENTS);
    private final BatchMemory memory = new BatchMemory();

    @Test
    void tensorsAreGivenOutRoundAndRound() throws InterruptedException {
        TensorLease first = pool.acquire();
        TensorLease second = pool.acquire();
        second.close();
        first.close();

        assertThat(List.of(row(pool.acquire()), row(pool.acquire()), row(pool.acquire())))
                .containsExactly(2, 3, 0);
    }

    @Test
    void tensorsAreNeverLeasedTwiceNorLost() throws InterruptedException {
        List<TensorLease> leases = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            leases.add(pool.acquire());
        }

        assertThat(leases.stream().map(TensorPoolTest::row)).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(pool.tryAcquire()).isNull();
        leases.forEach(TensorLease::close);
        leases.forEach(TensorLease::close);
        assertThat(pool.available()).isEqualTo(4);
    }

    @Test
    void framesSideBySideAreNotCopied() throws InterruptedException {
        InputTensor first = filled(1);
        InputTensor second = filled(2);

        InputBatch batch = memory.gather(List.of(first, second));
        second.floats().put(0, 7);

        assertThat(floats(batch)).containsExactly(1, 1, 7, 2);
        assertThat(batch.floats().isDirect()).isTrue();
    }

    @Test
    void framesApartAreBroughtTogether() throws InterruptedException {
        InputTensor first = filled(1);
        filled(2);
        InputTensor third = filled(3);

        InputBatch batch = memory.gather(List.of(first, third));

        assertThat(floats(batch)).containsExactly(1, 1, 3, 3);
        assertThat(batch.floats().isDirect()).isTrue();
        assertThat(batch.frames()).isEqualTo(2);
    }

    @Test
    void neighboursInDifferentMemoryAreBroughtTogether() throws InterruptedException {
        InputTensor here = filled(1);
        TensorPool other = new TensorPool(2, ELEMENTS);
        other.acquire();
        InputTensor there = other.acquire().tensor();
        there.floats().put(0, 5).put(1, 6);

        assertThat(there.row()).isEqualTo(here.row() + 1);
        assertThat(floats(memory.gather(List.of(here, there)))).containsExactly(1, 1, 5, 6);
    }

    @Test
    void tensorCountCoversRunsWaitingAndFillingFrames() {
        // 3 runs of 8 frames, 8 frames that wait and 2 being filled are 34, rounded up to whole batches.
        assertThat(new BatchLimits(8, 3, 2).tensors(8)).isEqualTo(40);
        assertThat(new BatchLimits(8, 1, 2).tensors(1)).isEqualTo(4);
    }

    private InputTensor filled(float value) throws InterruptedException {
        InputTensor tensor = pool.acquire().tensor();
        tensor.floats().put(0, value).put(1, value);
        return tensor;
    }

    private static int row(TensorLease lease) {
        return lease.tensor().row();
    }

    private static float[] floats(InputBatch batch) {
        float[] floats = new float[batch.floats().limit()];
        batch.floats().get(0, floats);
        return floats;
    }
}
