package io.scopegate.cli.server;

import java.util.List;

/** The settings with which a server takes this many devices at once, each with a stream and a connection of its own. */
public final class CapacitySettings {

    /** Number of streams that a server allows by default. */
    private static final int STREAMS = 16;

    private CapacitySettings() {}

    /** Returns the settings as {@code NAME=VALUE}; none if the defaults leave enough room. */
    public static List<String> settings(int streams) {
        return streams <= STREAMS
                ? List.of()
                : List.of(
                        "scopegate.max-streams=" + streams,
                        "scopegate.max-streams-per-client=" + streams,
                        // The connections of one measurement may not be closed yet when those of the next one open.
                        "scopegate.max-connections=" + Math.multiplyExact(4L, streams));
    }
}
