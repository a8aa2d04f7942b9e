package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadRoomTest {

    private final LoadRoom room = new LoadRoom(() -> 100);

    @Test
    void whatOneLoadHasBeenPromisedIsNotPromisedToAnother() throws Exception {
        LoadRoom.Promise first = room.promise("a/1", 60);

        assertThatThrownBy(() -> room.promise("b/1", 60))
                .isInstanceOf(MemoryShortException.class)
                .hasMessageContaining("b/1: 60 bytes of free memory")
                .hasMessageEndingWith("not 40");
        first.close();

        assertThatCode(() -> room.promise("b/1", 60)).doesNotThrowAnyException();
    }

    @Test
    void whatIsRefusedIsPromisedToNobody() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> room.promise("a/1", 101)).isInstanceOf(MemoryShortException.class);
        }

        assertThatCode(() -> room.promise("b/1", 100)).doesNotThrowAnyException();
    }

    @Test
    void whoNeedsNothingIsNotAsked() throws Exception {
        room.promise("a/1", 100);

        assertThatCode(() -> room.promise("b/1", 0)).doesNotThrowAnyException();
    }
}
