package io.scopegate.cli.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseableStackTest {

    private final List<String> closed = new ArrayList<>();

    @Test
    void resourcesAreAllClosedNewestFirstDespiteFailures() {
        CloseableStack opened = new CloseableStack();
        opened.add(() -> closed.add("oldest"));
        opened.add(() -> fail("middle"));
        opened.add(() -> fail("newest"));

        assertThatThrownBy(opened::close)
                .hasMessage("newest")
                .satisfies(fault -> assertThat(fault.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("middle"));
        assertThat(closed).containsExactly("newest", "middle", "oldest");
    }

    @Test
    void secondCloseClosesNothing() throws Exception {
        CloseableStack opened = new CloseableStack();
        opened.add(() -> closed.add("it"));

        opened.close();
        opened.close();

        assertThat(closed).containsExactly("it");
    }

    private void fail(String name) throws IOException {
        closed.add(name);
        throw new IOException(name);
    }
}
