package io.scopegate.audit;

/**
 * How far a log had come when it was left. When the log is opened again, its position shows whether its end has gone
 * since.
 *
 * @param file number of the newest file; 0 if there is none
 * @param sequence number of the last line; 0 if there is none
 * @param hash of the last line
 * @param events how many of the events passed to {@link AuditFiles#write} are in the newest file
 */
public record LogPosition(int file, long sequence, String hash, long events) {

    /** Position of a log of which nothing is known. */
    public static final LogPosition UNKNOWN = new LogPosition(0, 0, ChainLink.START, 0);
}
