package io.scopegate.cli.server;

import java.util.List;

/** What a server is told that so many devices are to load at once, each by a stream and a connection of its own. */
public final class RoomForStreams {

    /** What a server allows without being told. */
    private static final int STREAMS = 16;

    private RoomForStreams() {}

    /** As {@code NAME=VALUE}; nothing where a server has the room without being told. */
    public static List<String> settings(int streams) {
        return streams <= STREAMS
                ? List.of()
                : List.of(
                        "scopegate.max-streams=" + streams,
                        "scopegate.max-streams-per-client=" + streams,
                        // One turn's may not be gone yet when the next one's come.
                        "scopegate.max-connections=" + Math.multiplyExact(4L, streams));
    }
}
