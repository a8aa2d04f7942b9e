package io.scopegate.audit;

/**
 * Limits how much of a log is kept at once.
 *
 * @param fileBytes how large a file may become before the next one is begun
 * @param files how many of the newest files are kept, at least 2; each one that is removed is named in the log
 */
public record LogLimits(long fileBytes, int files) {

    private static final int ALL = Integer.MAX_VALUE;

    /**
     * Creates limits.
     *
     * @throws IllegalArgumentException if fewer than two files are kept: the newest may have just been begun
     */
    public LogLimits {
        if (files < 2) {
            throw new IllegalArgumentException("files: at least 2, not " + files);
        }
    }

    /** Returns limits that keep all files. */
    public static LogLimits keepingAll(long fileBytes) {
        return new LogLimits(fileBytes, ALL);
    }
}
