package io.scopegate.server.grpc;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the messages of all calls take of which only a part has come. The transport keeps the parts for as long as the client
 * likes, outside the heap. Any thread.
 */
final class UnfinishedMessages {

    /** About what the transport takes beside the bytes for each piece in which they come; a piece may be a single byte. */
    private static final int PIECE_BYTES = 256;

    /**
     * What each message may take however much the others do, so that clock probes, questions about health and small
     * pictures get through: little more than one piece of the usual size.
     */
    private static final long SMALL_BYTES = 1 << 15;

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /**
     * With nothing taken.
     *
     * @param limit bytes
     */
    UnfinishedMessages(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    /** Bytes. */
    long taken() {
        return taken.get();
    }

    /** The parts of one message. On its network's thread. */
    final class Parts {

        private long bytes;

        /** A piece of it has come. False if the message is to be refused for want of room; it is kept until {@link #gone}. */
        boolean add(long pieceBytes) {
            long more = pieceBytes + PIECE_BYTES;
            bytes += more;
            return taken.addAndGet(more) <= limit || bytes <= SMALL_BYTES;
        }

        /** It is whole, or nobody keeps it any more. */
        void gone() {
            taken.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
