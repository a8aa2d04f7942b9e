package io.scopegate.server.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.testing.LogLines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private final List<String> heard = new ArrayList<>();
    private final Listeners<Consumer<String>> listeners = new Listeners<>("a test could not be told");

    @Test
    void listenersAreNotifiedInTheirOrderOfAddition() {
        listeners.add(news -> heard.add("first " + news));
        listeners.add(news -> heard.add("second " + news));

        assertThat(listeners.tell(listener -> listener.accept("news"))).isTrue();

        assertThat(heard).containsExactly("first news", "second news");
    }

    @Test
    void failingListenerIsLoggedAndHindersNoOther() {
        listeners.add(_ -> {
            throw new StackOverflowError("for a test");
        });
        listeners.add(heard::add);

        try (LogLines log = new LogLines(Listeners.class)) {
            assertThat(listeners.tell(listener -> listener.accept("news"))).isFalse();

            assertThat(log.containing("a test could not be told")).hasSize(1);
        }
        assertThat(heard).containsExactly("news");
    }

    @Test
    void failingListenerIsLoggedAgainOnlyAfterASuccess() {
        AtomicBoolean fails = new AtomicBoolean(true);
        listeners.add(_ -> {
            if (fails.get()) {
                throw new IllegalStateException("for a test");
            }
        });

        try (LogLines log = new LogLines(Listeners.class)) {
            listeners.tell(listener -> listener.accept("news"));
            listeners.tell(listener -> listener.accept("news"));
            assertThat(log.containing("a test could not be told")).hasSize(1);

            fails.set(false);
            listeners.tell(listener -> listener.accept("news"));
            fails.set(true);
            listeners.tell(listener -> listener.accept("news"));
            assertThat(log.containing("a test could not be told")).hasSize(2);
        }
    }
}
