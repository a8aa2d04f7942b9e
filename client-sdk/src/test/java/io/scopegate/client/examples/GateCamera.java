package io.scopegate.client.examples;

import io.scopegate.client.Frame;
import io.scopegate.client.FrameStream;
import io.scopegate.client.ScopegateClient;
import io.scopegate.client.ScopegateException;
import io.scopegate.client.StreamOptions;
import java.time.Duration;
import java.util.Iterator;

/** Sends a camera's pictures for as long as there are any, over one stream after the other: a stream does not come back. */
public final class GateCamera {
    private final ScopegateClient client;
    private final StreamOptions options;
    private final Duration pause;

    /** The answers go to the {@code onAnswer} of the options; the pause comes before another stream is opened. */
    public GateCamera(ScopegateClient client, StreamOptions options, Duration pause) {
        this.client = client;
        this.options = options;
        this.pause = pause;
    }

    /**
     * Blocks until the camera has no more pictures.
     *
     * @throws ScopegateException.Refused if the server does not take these options. That it takes no further stream now passes:
     *     it may count one whose link is lost for some seconds more
     */
    public void send(Iterator<Frame> camera) throws InterruptedException {
        while (camera.hasNext()) {
            try (FrameStream stream = client.open(options)) {
                while (camera.hasNext()) {
                    stream.send(camera.next());
                }
                stream.finish();
                stream.awaitEnd(Duration.ofSeconds(10));
            } catch (ScopegateException.StreamEnded | ScopegateException.Unreachable | ScopegateException.TimedOut e) {
                // What could not be sent is out of body, as is what was answered ABANDONED.
                Thread.sleep(pause.toMillis());
            } catch (ScopegateException.Refused e) {
                if (!e.status().code().equals("RESOURCE_EXHAUSTED")) {
                    throw e;
                }
                Thread.sleep(pause.toMillis());
            }
        }
    }
}
