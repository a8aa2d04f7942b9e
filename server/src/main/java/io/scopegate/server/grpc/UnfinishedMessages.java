package io.scopegate.server.grpc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The memory of partially received messages of all calls. The transport keeps the parts for as long as the client likes,
 * outside the heap. One client may take half of the limit, so that there is room for the others, unless all may be behind one address: then it
 * may take all, as it may hold every stream. Any thread.
 */
final class UnfinishedMessages {

    /** About what the transport takes beside the bytes for each piece in which they come; a piece may be a single byte. */
    private static final int PIECE_BYTES = 256;

    /**
     * What each message may take however much the others do, so that clock probes, questions about health and small
     * pictures get through: little more than one piece of the usual size.
     */
    private static final long SMALL_BYTES = 1 << 15;

    /** How many of the largest messages there is room for in any case: for one client, half as many. */
    private static final int LARGEST_MESSAGES = 4;

    private final long limit;
    private final long clientLimit;
    private final AtomicLong taken = new AtomicLong();
    private final ConcurrentMap<String, AtomicLong> takenByClient = new ConcurrentHashMap<>();

    /**
     * With nothing taken.
     *
     * @param limit bytes of all clients
     * @param clientLimit bytes of one
     */
    UnfinishedMessages(long limit, long clientLimit) {
        this.limit = limit;
        this.clientLimit = clientLimit;
    }

    /**
     * As much as may wait in the heap, and room for the largest message of a client in any case: its pieces take more than
     * its bytes.
     *
     * @param waitingPictures bytes
     * @param allForOne whether one client may take all
     */
    static UnfinishedMessages beside(long waitingPictures, int maxMessageBytes, boolean allForOne) {
        long limit = Math.max(waitingPictures, (long) LARGEST_MESSAGES * maxMessageBytes);
        return new UnfinishedMessages(limit, allForOne ? limit : limit / 2);
    }

    /** Bytes. */
    long taken() {
        return taken.get();
    }

    /** How many clients have unfinished messages. */
    int clients() {
        return takenByClient.size();
    }

    /** The parts of one message at a time. On its network's thread. */
    final class Parts {

        /** Made beforehand: what is taken is given back also where there is no memory. */
        private final BiFunction<String, AtomicLong, @Nullable AtomicLong> without = (_, all) -> without(all);

        private String client = "";
        private long bytes;

        /**
         * Before the first piece.
         *
         * @param client see {@link Caller#client}
         */
        void of(String client) {
            this.client = client;
        }

        /** A piece has come. Returns why the message is refused, or null; it is kept until {@link #gone}. */
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

        /** The message is complete, or nobody keeps it any more. */
        void gone() {
            if (bytes > 0) {
                takenByClient.computeIfPresent(client, without);
                taken.addAndGet(-bytes);
                bytes = 0;
            }
        }

        /** Null for a client of which nothing is left. */
        private @Nullable AtomicLong without(AtomicLong all) {
            return all.addAndGet(-bytes) == 0 ? null : all;
        }
    }
}
