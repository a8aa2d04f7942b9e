package io.scopegate.trainer.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A constant by what it is called on the command line, or by its own name, in any case. By itself picocli lists both for
 * each constant to whoever types another.
 */
abstract class TypedName<E extends Enum<E>> implements ITypeConverter<E> {

    private final List<E> constants;

    TypedName(E[] constants) {
        this.constants = List.copyOf(Arrays.asList(constants));
    }

    @Override
    public final E convert(String text) {
        return constants.stream()
                .filter(constant -> isCalled(constant, text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("one of %s, not %s".formatted(constants, text)));
    }

    private static <E extends Enum<E>> boolean isCalled(E constant, String text) {
        return constant.toString().equalsIgnoreCase(text) || constant.name().equalsIgnoreCase(text);
    }
}
