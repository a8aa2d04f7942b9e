package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadMemoryTest {

    private final LoadMemory memory = new LoadMemory(() -> 100);

    @Test
    void memoryPromisedToOneLoadIsNotPromisedToAnother() throws Exception {
        LoadMemory.Promise first = memory.promise(60);

        assertThatThrownBy(() -> memory.promise(60))
                .isInstanceOf(MemoryShortException.class)
                .hasMessageEndingWith("60 bytes required, 40 bytes available");
        first.close();

        assertThatCode(() -> memory.promise(60)).doesNotThrowAnyException();
    }

    @Test
    void refusedPromiseReservesNoMemory() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> memory.promise(101)).isInstanceOf(MemoryShortException.class);
        }

        assertThatCode(() -> memory.promise(100)).doesNotThrowAnyException();
    }

    @Test
    void promiseOfZeroBytesIsNeverRefused() throws Exception {
        memory.promise(100);

        assertThatCode(() -> memory.promise(0)).doesNotThrowAnyException();
    }
}
