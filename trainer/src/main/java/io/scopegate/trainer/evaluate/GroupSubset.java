package io.scopegate.trainer.evaluate;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A subset of groups, such as those of one camera, that gets figures of its own, since the figures of all frames would
 * hide its problems.
 *
 * @param pattern pattern for the names of the groups: {@code *} stands for any characters, {@code ?} for one character.
 *     After a leading {@code !}, the pattern selects the groups that are left out
 */
public record GroupSubset(String pattern) {

    private static final String ALL_BUT = "!";
    private static final Pattern NONE = Pattern.compile("!\\**");

    /**
     * Creates a subset, unless no group's name could match its pattern.
     *
     * @throws IllegalArgumentException if the pattern is blank, or only an exclamation mark, or only stars follow one
     */
    public GroupSubset {
        if (pattern.isBlank() || NONE.matcher(pattern).matches()) {
            throw new IllegalArgumentException("a pattern of names, not '" + pattern + "'");
        }
    }

    /** Returns the evaluation restricted to the frames of these groups. */
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
