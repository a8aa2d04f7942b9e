package io.scopegate.server.model;

import java.util.regex.Pattern;

/**
 * What of the reason for which a version waits stays from one look to the next while nothing has changed: free bytes and
 * times do not.
 */
final class SteadyWords {

    /** Amounts; not the version behind a model's name. */
    private static final Pattern AMOUNT = Pattern.compile("(?<![\\w/.-])[0-9]+");

    private SteadyWords() {}

    static String of(String reason) {
        return AMOUNT.matcher(reason).replaceAll("0");
    }
}
