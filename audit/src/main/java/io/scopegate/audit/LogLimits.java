package io.scopegate.audit;

/**
 * How much of a log there is at once.
 *
 * @param fileBytes how large a file may become before the next is begun
 * @param files how many are kept, the newest, at least 2; each that goes is named in the log
 */
public record LogLimits(long fileBytes, int files) {

    private static final int ALL = Integer.MAX_VALUE;

    /** Refuses fewer than two files: the newest may have just been begun. */
    public LogLimits {
        if (files < 2) {
            throw new IllegalArgumentException("files: at least 2, not " + files);
        }
    }

    /** Files of a size, all of which are kept. */
    public static LogLimits keepingAll(long fileBytes) {
        return new LogLimits(fileBytes, ALL);
    }
}
