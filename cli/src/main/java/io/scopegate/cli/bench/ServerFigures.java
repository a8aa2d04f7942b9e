package io.scopegate.cli.bench;

import io.scopegate.cli.server.ServerProcess.Usage;
import java.time.Duration;

/**
 * What the server process has used in one turn.
 *
 * @param start before the first measured frame
 * @param middle halfway
 * @param end when the last measured frame had been answered
 * @param allocated what Java gave to objects meanwhile
 * @param loads how many models it has taken up since it started, the first included
 * @param jpegDecoder name and version
 */
record ServerFigures(Usage start, Usage middle, Usage end, Allocated allocated, long loads, String jpegDecoder) {

    Duration processorTime() {
        return end.processorTime().minus(start.processorTime());
    }
}
