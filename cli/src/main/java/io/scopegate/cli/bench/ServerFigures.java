package io.scopegate.cli.bench;

import io.scopegate.cli.server.ServerProcess.Usage;
import java.time.Duration;

/**
 * What the server process has used in one turn.
 *
 * @param start usage before the first measured frame
 * @param middle usage halfway
 * @param end usage after the last measured frame was answered
 * @param allocated memory that Java has allocated meanwhile
 * @param loads number of models that it has loaded since it started, including the first
 * @param jpegDecoder name and version of its decoder
 */
record ServerFigures(Usage start, Usage middle, Usage end, AllocatedMemory allocated, long loads, String jpegDecoder) {

    Duration processorTime() {
        return end.processorTime().minus(start.processorTime());
    }
}
