package io.scopegate.trainer.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A constant by what it is called on the command line, or by its own name, in any case. By itself picocli lists both for
 * each constant to whoever types another.
 */
abstract class TypedName<E extends Enum<E>> implements ITypeConverter<E> {

    private final List<E> constants;
    private final Function<E, String> name;

    TypedName(E[] constants) {
        this(constants, Enum::toString);
    }

    /** @param name what each is called there */
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
