package io.scopegate.trainer.evaluate;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Groups that have figures of their own beside those of all frames, such as those of one camera, which the figures of
 * all would hide.
 *
 * @param pattern of the groups' names, in which {@code *} stands for any characters and {@code ?} for one; after a
 *     leading {@code !}, of the groups that are left out
 */
public record GroupSubset(String pattern) {

    private static final String ALL_BUT = "!";
    private static final Pattern NONE = Pattern.compile("!\\**");

    /**
     * Refuses a pattern that no group's name could match.
     *
     * @throws IllegalArgumentException if there is nothing but an exclamation mark, or nothing but stars behind one
     */
    public GroupSubset {
        if (pattern.isBlank() || NONE.matcher(pattern).matches()) {
            throw new IllegalArgumentException("a pattern of names, not '" + pattern + "'");
        }
    }

    /** The answers to the frames of these groups. */
    Evaluation of(Evaluation all) {
        boolean allBut = pattern.startsWith(ALL_BUT);
        Pattern names = names(allBut ? pattern.substring(ALL_BUT.length()) : pattern);
        return all.of(group -> names.matcher(group).matches() != allBut);
    }

    private static Pattern names(String glob) {
        String expression = glob.codePoints()
                .mapToObj(character -> switch (character) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(character));
                })
                .collect(Collectors.joining());
        return Pattern.compile(expression, Pattern.DOTALL);
    }
}
