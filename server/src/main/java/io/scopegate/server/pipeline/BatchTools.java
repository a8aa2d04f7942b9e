package io.scopegate.server.pipeline;

import io.scopegate.server.infer.BatchMemory;
import java.time.Duration;

/**
 * What one inference thread needs to judge frames.
 *
 * @param memory for batches whose frames do not lie side by side
 * @param batchWait how long the thread waits for further frames once it has one
 */
record BatchTools(BatchMemory memory, Duration batchWait) {

    BatchTools(Duration batchWait) {
        this(new BatchMemory(), batchWait);
    }
}
