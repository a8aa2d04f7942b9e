package io.scopegate.server.pipeline;

/**
 * A frame whose tensor is ready for the network. Owns its place there.
 *
 * @param job the frame
 * @param place where its tensor lies
 */
record PreparedFrame(FrameJob job, NetworkPlace place) implements AutoCloseable {

    @Override
    public void close() {
        place.close();
    }
}
