package io.scopegate.trainer.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.torch.Pickled.Mapping;
import io.scopegate.trainer.torch.Pickled.Plain;
import io.scopegate.trainer.torch.Pickled.Sequence;
import io.scopegate.trainer.torch.Pickled.Storage;
import io.scopegate.trainer.torch.Pickled.Tensor;
import io.scopegate.trainer.torch.Pickled.Whole;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PickledTensorTest {

    private static final Storage STORAGE = new Storage(ElementType.FLOAT32, "0", 4);

    @Test
    void tensorThatEndsWithItsStorageIsTaken() throws IOException {
        assertThat(tensor(2)).isEqualTo(new Tensor(STORAGE, 2, List.of(2L), List.of(1L)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, 4, 5, Long.MAX_VALUE, Long.MIN_VALUE})
    void tensorThatReachesOutOfItsStorageIsRefused(long offset) {
        assertThatThrownBy(() -> tensor(offset))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "a tensor within its storage of 4 elements, not offset " + offset + ", shape [2], strides [1]");
    }

    private static Tensor tensor(long offset) throws IOException {
        return PickledTensor.rebuild(new Sequence(List.of(
                STORAGE,
                new Whole(offset),
                new Sequence(List.of(new Whole(2))),
                new Sequence(List.of(new Whole(1))),
                Plain.FALSE,
                Mapping.empty())));
    }
}
