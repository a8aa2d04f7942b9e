package io.scopegate.server.model;

import java.util.regex.Pattern;

/**
 * By what a reason for which a version waits is known as the same at the next look: itself without amounts, since free
 * bytes and times change all the time.
 */
final class DeduplicationKey {

    /** Amounts; not the version behind a model's name. */
    private static final Pattern AMOUNT = Pattern.compile("(?<![\\w/.-])[0-9]+");

    private DeduplicationKey() {}

    static String of(String reason) {
        return AMOUNT.matcher(reason).replaceAll("0");
    }
}
