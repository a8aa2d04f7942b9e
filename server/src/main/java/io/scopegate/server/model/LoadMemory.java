package io.scopegate.server.model;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Shares the free memory among all models, several of which may be loading at once: what is promised to one load is
 * not promised to another until the first has ended. Thread-safe.
 */
final class LoadMemory {

    private final FreeMemory memory;
    private final AtomicLong promised = new AtomicLong();

    LoadMemory(FreeMemory memory) {
        this.memory = memory;
    }

    /**
     * Memory promised to one load. The owner closes it when the load has ended, because by then the memory that the
     * load has taken is no longer counted as free.
     */
    interface Promise extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Promises memory to one load.
     *
     * @throws MemoryShortException if there is not enough now
     */
    Promise promise(long bytes) throws MemoryShortException {
        // Read before the free memory: what another load takes in between is then counted twice rather than not at all.
        long others = promised.getAndAdd(bytes);
        boolean granted = false;
        try {
            long free = Math.max(0, memory.bytes() - others);
            if (bytes > free) {
                throw new MemoryShortException("not enough memory to load the model: " + bytes + " bytes required, "
                        + free + " bytes available");
            }
            granted = true;
            return () -> promised.addAndGet(-bytes);
        } finally {
            if (!granted) {
                promised.addAndGet(-bytes);
            }
        }
    }
}
