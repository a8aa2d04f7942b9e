package io.scopegate.server.grpc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for the memory of the partially received messages of all calls. The transport keeps the parts outside the
 * heap, for as long as the client likes. One client may use half of the limit, so that there is room for others. It may
 * use all of it only where one client may hold every stream, because all devices may be behind one address. Any thread.
 */
final class UnfinishedMessages {

    /** Approximately what the transport needs for each piece in addition to its bytes; a piece may be a single byte. */
    private static final int PIECE_BYTES = 256;

    /**
     * What each message may use regardless of the others, so that clock probes, health checks and small pictures get
     * through: little more than one piece of the usual size.
     */
    private static final long SMALL_BYTES = 1 << 15;

    /**
     * The limit has room for at least this many of the largest messages; the limit for one client, for half as many.
     */
    private static final int LARGEST_MESSAGES = 4;

    private final long limit;
    private final long clientLimit;
    private final AtomicLong taken = new AtomicLong();
    private final ConcurrentMap<String, AtomicLong> takenByClient = new ConcurrentHashMap<>();

    /**
     * Starts with nothing in use.
     *
     * @param limit bytes for all clients
     * @param clientLimit bytes for one client
     */
    UnfinishedMessages(long limit, long clientLimit) {
        this.limit = limit;
        this.clientLimit = clientLimit;
    }

    /**
     * Allows as many bytes as may wait in the heap, but at least so many that the largest message of a client fits: its
     * pieces take more than its bytes.
     *
     * @param waitingPictures how many bytes of pictures may wait in the heap
     * @param allForOne whether one client may use all of the limit
     */
    static UnfinishedMessages beside(long waitingPictures, int maxMessageBytes, boolean allForOne) {
        long limit = Math.max(waitingPictures, (long) LARGEST_MESSAGES * maxMessageBytes);
        return new UnfinishedMessages(limit, allForOne ? limit : limit / 2);
    }

    /** Returns the bytes in use. */
    long taken() {
        return taken.get();
    }

    /** Returns how many clients have unfinished messages. */
    int clients() {
        return takenByClient.size();
    }

    /** The parts of one call's messages, one message at a time. On the transport's thread. */
    final class Parts {

        /** Created in advance, so that bytes are given back even if there is no memory. */
        private final BiFunction<String, AtomicLong, @Nullable AtomicLong> without = (_, all) -> without(all);

        private String client = "";
        private long bytes;

        /**
         * Sets the client, before the first piece.
         *
         * @param client see {@link Caller#client}
         */
        void of(String client) {
            this.client = client;
        }

        /**
         * Adds a piece. Returns the refusal of the message, or null if there is room. Either way the piece counts until
         * {@link #gone}.
         */
        @Nullable
        CallRefusedException add(long pieceBytes) {
            long more = pieceBytes + PIECE_BYTES;
            long byClient = addToClient(more);
            bytes += more;
            long byAll = taken.addAndGet(more);
            if (bytes <= SMALL_BYTES) {
                return null;
            }
            if (byAll > limit) {
                return CallRefusedException.noRoomForParts("of all clients", limit, byAll);
            }
            return byClient > clientLimit
                    ? CallRefusedException.noRoomForParts("of one client", clientLimit, byClient)
                    : null;
        }

        private long addToClient(long more) {
            AtomicLong sum = takenByClient.compute(client, (_, all) -> {
                AtomicLong known = all == null ? new AtomicLong() : all;
                known.addAndGet(more);
                return known;
            });
            return sum.get();
        }

        /** Releases the parts, because the message is complete or no longer kept. */
        void gone() {
            if (bytes > 0) {
                takenByClient.computeIfPresent(client, without);
                taken.addAndGet(-bytes);
                bytes = 0;
            }
        }

        /** Returns null for a client that has nothing left. */
        private @Nullable AtomicLong without(AtomicLong all) {
            return all.addAndGet(-bytes) == 0 ? null : all;
        }
    }
}
