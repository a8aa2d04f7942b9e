package io.scopegate.server.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.scopegate.bundle.model.ModelManifest;
import java.math.BigInteger;
import java.time.Duration;

/** Values of the configuration, if they may be. Any other stops the start: its message begins with the key. */
final class Checked {

    /** Longer ones would be more nanoseconds than a number can count, twice or added to another. */
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

    /** Of a model. */
    static int version(String key, int value) {
        if (value < 1 || value > ModelManifest.MOST_VERSION) {
            throw wrong(key, "1 to " + ModelManifest.MOST_VERSION, value);
        }
        return value;
    }

    /** At least one byte. */
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
