package io.scopegate.trainer.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a whole number within limits from the command line. */
abstract class TypedNumber implements ITypeConverter<Integer> {

    private final int least;
    private final int most;

    TypedNumber(int least, int most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public final Integer convert(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new TypeConversionException("must be a whole number from %d to %d, got %s".formatted(least, most, text));
    }
}
