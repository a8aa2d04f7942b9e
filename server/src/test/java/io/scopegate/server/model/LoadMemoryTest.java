package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadMemoryTest {

    private final LoadMemory room = new LoadMemory(() -> 100);

    @Test
    void memoryPromisedToOneLoadIsNotPromisedToAnother() throws Exception {
        LoadMemory.Promise first = room.promise(60);

        assertThatThrownBy(() -> room.promise(60))
                .isInstanceOf(MemoryShortException.class)
                .hasMessageEndingWith("60 bytes required, 40 bytes available");
        first.close();

        assertThatCode(() -> room.promise(60)).doesNotThrowAnyException();
    }

    @Test
    void refusedPromiseReservesNoMemory() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> room.promise(101)).isInstanceOf(MemoryShortException.class);
        }

        assertThatCode(() -> room.promise(100)).doesNotThrowAnyException();
    }

    @Test
    void promiseOfZeroBytesIsNeverRefused() throws Exception {
        room.promise(100);

        assertThatCode(() -> room.promise(0)).doesNotThrowAnyException();
    }
}
