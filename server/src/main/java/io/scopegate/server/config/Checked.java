package io.scopegate.server.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.scopegate.bundle.model.ModelManifest;
import java.math.BigInteger;
import java.time.Duration;

/** Checks configuration values. An invalid one stops the start with a message that begins with its key. */
final class Checked {

    /**
     * Upper limit of durations: twice this, or the sum of two of these, still fits into a {@code long} of nanoseconds.
     */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Checked() {}

    static int atLeastOne(String key, int value) {
        return atLeast(1, key, value);
    }

    static int atLeast(int least, String key, int value) {
        if (value < least) {
            throw wrong(key, "at least " + least, value);
        }
        return value;
    }

    static int atMost(int most, String key, int value) {
        if (value > most) {
            throw wrong(key, "at most " + most, value);
        }
        return value;
    }

    /** Returns a valid version of a model. */
    static int version(String key, int value) {
        if (value < 1 || value > ModelManifest.MOST_VERSION) {
            throw wrong(key, "1 to " + ModelManifest.MOST_VERSION, value);
        }
        return value;
    }

    /** Returns a size of at least one byte, in bytes. */
    static long bytes(String key, MemorySize size, long most) {
        BigInteger bytes = size.asBigInteger();
        if (bytes.signum() < 1 || bytes.compareTo(BigInteger.valueOf(most)) > 0) {
            throw wrong(key, "1 to " + most + " bytes", bytes);
        }
        return bytes.longValueExact();
    }

    static double factor(String key, double value) {
        if (!Double.isFinite(value) || value < 0) {
            throw wrong(key, "a number of at least 0", value);
        }
        return value;
    }

    static Duration notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw wrong(key, "at least 0", value);
        }
        return atMost(key, value);
    }

    static Duration positive(String key, Duration value) {
        if (!value.isPositive()) {
            throw wrong(key, "more than 0", value);
        }
        return atMost(key, value);
    }

    static Duration atMost(String key, Duration value) {
        if (value.compareTo(LONGEST) > 0) {
            throw wrong(key, "at most " + LONGEST, value);
        }
        return value;
    }

    private static IllegalArgumentException wrong(String key, String expected, Object found) {
        return new IllegalArgumentException(key + ": " + expected + ", not " + found);
    }
}
