package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import io.scopegate.server.testing.FakeSession;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelSlotTest {

    private final FakeSession first = FakeSession.giving(0, 0);
    private final FakeSession second = FakeSession.giving(0, 0);
    private final ModelSlot slot = ModelSlots.serving(first, ModelSlots.tensors(1));

    @Test
    void leasedModelStaysOpenUntilItsLastLeaseIsClosed() {
        ModelLease lease = Objects.requireNonNull(slot.lease());
        ModelLease other = Objects.requireNonNull(slot.lease());

        slot.serve(ModelSlots.model(2, second, ModelSlots.tensors(1)));
        lease.close();
        lease.close();

        assertThat(first.closed()).isFalse();
        other.close();
        assertThat(first.closed()).isTrue();
    }

    @Test
    void newLeasesAreOfTheNewModel() {
        slot.serve(ModelSlots.model(2, second, ModelSlots.tensors(1)));

        try (ModelLease lease = Objects.requireNonNull(slot.lease())) {
            assertThat(lease.identity().version()).isEqualTo(2);
        }
        assertThat(first.closed()).isTrue();
        assertThat(second.closed()).isFalse();
    }

    @Test
    void aClosedSlotHasNoLease() {
        slot.close();

        assertThat(slot.lease()).isNull();
        assertThat(first.closed()).isTrue();
        assertThat(slot.state()).isInstanceOf(ModelState.Absent.class);
    }

    @Test
    void aModelThatComesTooLateIsClosed() {
        slot.close();

        slot.serve(ModelSlots.model(2, second, ModelSlots.tensors(1)));

        assertThat(slot.lease()).isNull();
        assertThat(second.closed()).isTrue();
    }

    @Test
    void aModelThatCannotBeClosedDoesNotHinderTheOneThatTakesItsPlace() {
        first.failingToClose();
        int[] told = new int[1];
        slot.onChange(() -> told[0]++);

        assertThat(slot.serve(ModelSlots.model(2, second, ModelSlots.tensors(1))))
                .isTrue();

        assertThat(first.closed()).isTrue();
        assertThat(told[0]).isOne();
    }

    @Test
    void aModelThatNobodyWillCloseHindersNeitherTheNextNorItsLastFrame() {
        ServedModel stuck = ModelSlots.model(first, _ -> {
            throw new IllegalStateException("for a test");
        });
        slot.serve(stuck);
        int[] told = new int[1];
        slot.onChange(() -> told[0]++);

        assertThat(slot.serve(ModelSlots.model(2, second, ModelSlots.tensors(1))))
                .isTrue();

        assertThat(told[0]).isOne();
        ServedModel leased = ModelSlots.model(first, _ -> {
            throw new IllegalStateException("for a test");
        });
        ModelLease lease = Objects.requireNonNull(leased.lease());
        leased.release();
        assertThatCode(lease::close).doesNotThrowAnyException();
    }

    /** If memory ran out while a model takes its place, nobody would close its network. */
    @Test
    void aModelTakesItsPlaceWithoutFurtherMemory() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        slot.onChange(() -> {});
        long allocated = -1;
        for (int warmUp = 0; warmUp < 20; warmUp++) {
            ServedModel next = ModelSlots.model(second, _ -> {});
            long before = threads.getCurrentThreadAllocatedBytes();
            slot.serve(next);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }

        assertThat(allocated).isZero();
    }

    @Test
    void aClosedSlotTellsOfNothingAfterItsClose() {
        int[] told = new int[1];
        slot.onChange(() -> told[0]++);

        slot.close();
        assertThat(told[0]).isOne();

        slot.serve(ModelSlots.model(2, second, ModelSlots.tensors(1)));
        slot.serveNone("for a test");
        slot.close();
        assertThat(told[0]).isOne();
    }

    @Test
    void everyChangeIsTold() {
        int[] told = new int[1];
        slot.onChange(() -> told[0]++);

        slot.serveNone("for a test");
        slot.serve(ModelSlots.model(2, second, ModelSlots.tensors(1)));

        assertThat(told[0]).isEqualTo(2);
    }

    @Test
    void aListenerThatFailsHindersNeitherTheChangeNorTheOthers() {
        int[] told = new int[1];
        slot.onChange(() -> {
            throw new IllegalStateException("for a test");
        });
        slot.onChange(() -> told[0]++);

        assertThat(slot.serve(ModelSlots.model(2, second, ModelSlots.tensors(1))))
                .isTrue();

        assertThat(told[0]).isOne();
    }
}
