package io.scopegate.client.examples;

import io.scopegate.client.Frame;
import io.scopegate.client.FrameStream;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.ScopegateException;
import io.scopegate.client.StreamOptions;
import io.scopegate.client.Verdict;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a camera's pictures for as long as there are any. A stream cannot be resumed, so another one is opened whenever
 * one has ended.
 */
public final class GateCamera {
    /**
     * Status codes of refusals that depend on the application's request and would come again. Any other refusal may
     * pass.
     */
    private static final Set<String> OF_THE_APPLICATION =
            Set.of("INVALID_ARGUMENT", "NOT_FOUND", "UNAUTHENTICATED", "PERMISSION_DENIED", "UNIMPLEMENTED");

    private final ScopegateClient client;
    private final StreamOptions options;
    private final Duration pause;
    private final Consumer<RuntimeException> faults;
    private volatile @Nullable FrameStream live;

    /**
     * Creates a sender. The answers go to the {@code onAnswer} of the options.
     *
     * @param pause before another stream is opened
     * @param faults is told, on the sending thread, why another stream is opened or why a frame was not sent, for
     *     instance to log it
     */
    public GateCamera(
            ScopegateClient client, StreamOptions options, Duration pause, Consumer<RuntimeException> faults) {
        this.client = client;
        this.options = options;
        this.pause = pause;
        this.faults = faults;
    }

    /** Returns {@link FrameStream#currentVerdict} of the stream that is open, or out of body if none is. */
    public Verdict currentVerdict(Duration maxAge) {
        FrameStream stream = live;
        return stream == null ? Verdict.OUT_OF_BODY : stream.currentVerdict(maxAge);
    }

    /**
     * Sends the camera's pictures and blocks until there are no more.
     *
     * @throws ScopegateException.Refused if the server does not accept these options or this client, now or later
     */
    public void send(Iterator<Frame> camera) throws InterruptedException {
        while (camera.hasNext()) {
            try (FrameStream stream = client.open(options)) {
                live = stream;
                while (camera.hasNext()) {
                    send(stream, camera.next());
                }
                stream.finish();
                stream.awaitEnd(Duration.ofSeconds(10));
            } catch (ScopegateException.StreamEnded | ScopegateException.Unreachable | ScopegateException.TimedOut e) {
                // What could not be sent is out of body, as is what was answered ABANDONED.
                pauseAfter(e);
            } catch (ScopegateException.Refused e) {
                if (OF_THE_APPLICATION.contains(e.status().code())) {
                    throw e;
                }
                pauseAfter(e);
            }
        }
    }

    private void send(FrameStream stream, Frame frame) {
        try {
            stream.send(frame);
        } catch (IllegalArgumentException e) {
            // Larger than server or client allow: this one is out of body, the stream goes on.
            faults.accept(e);
        }
    }

    private void pauseAfter(ScopegateException fault) throws InterruptedException {
        // A wrong certificate looks like a server that is not there: only a person who is told can mend it.
        faults.accept(fault);
        Thread.sleep(pause.toMillis());
    }
}
