package io.scopegate.trainer.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts the name of a constant on the command line, or its name in Java, ignoring case. For any other text, picocli
 * by itself would list both names of each constant.
 */
abstract class TypedName<E extends Enum<E>> implements ITypeConverter<E> {

    private final List<E> constants;
    private final Function<E, String> name;

    TypedName(E[] constants) {
        this(constants, Enum::toString);
    }

    /** @param name returns the name of a constant on the command line */
    TypedName(E[] constants, Function<E, String> name) {
        this.constants = List.copyOf(Arrays.asList(constants));
        this.name = name;
    }

    @Override
    public final E convert(String text) {
        return constants.stream()
                .filter(constant -> isCalled(constant, text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("one of %s, not %s"
                        .formatted(constants.stream().map(name).toList(), text)));
    }

    private boolean isCalled(E constant, String text) {
        return name.apply(constant).equalsIgnoreCase(text) || constant.name().equalsIgnoreCase(text);
    }
}
