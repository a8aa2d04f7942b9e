package io.scopegate.server.model;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The free memory that all models are loaded from, several at a time: what one load has been promised is promised to no
 * other before it has ended. Any thread.
 */
final class LoadRoom {

    private final FreeMemory memory;
    private final AtomicLong promised = new AtomicLong();

    LoadRoom(FreeMemory memory) {
        this.memory = memory;
    }

    /** Given back by whoever has it once the load has ended: what it has taken by then is no longer free. */
    interface Promise extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Room for one load.
     *
     * @throws MemoryShortException if there is none now
     */
    Promise promise(long bytes) throws MemoryShortException {
        // Asked for before memory is: what another load takes meanwhile counts twice rather than not at all.
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
