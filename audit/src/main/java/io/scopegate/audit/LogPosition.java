package io.scopegate.audit;

/**
 * How far a log had come when it was left, by which whoever goes on with it knows whether its end has gone since.
 *
 * @param file number of its newest file; 0 for none
 * @param sequence of its last line; 0 for none
 * @param hash of its last line
 * @param events how many of the events that were taken are in the newest file
 */
public record LogPosition(int file, long sequence, String hash, long events) {

    /** Of a log of which nothing is known. */
    public static final LogPosition UNKNOWN = new LogPosition(0, 0, ChainLink.START, 0);
}
