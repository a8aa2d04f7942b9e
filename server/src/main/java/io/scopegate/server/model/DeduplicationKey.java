package io.scopegate.server.model;

import java.util.regex.Pattern;

/**
 * Reduces the reason for which a version waits to a form that is equal at the next scan if the reason is the same:
 * without amounts, because free bytes and times change all the time.
 */
final class DeduplicationKey {

    /** Matches amounts, but not the version after a model's name. */
    private static final Pattern AMOUNT = Pattern.compile("(?<![\\w/.-])[0-9]+");

    private DeduplicationKey() {}

    static String of(String reason) {
        return AMOUNT.matcher(reason).replaceAll("0");
    }
}
