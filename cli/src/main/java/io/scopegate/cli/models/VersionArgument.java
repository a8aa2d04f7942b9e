package io.scopegate.cli.models;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code NAME/VERSION} as an argument.
 *
 * @param name name of the model
 * @param version version of the model
 */
record VersionArgument(String name, int version) {

    private static final Pattern REFERENCE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63})/([1-9][0-9]{0,8})");

    /** Parses the argument. */
    static final class Converter implements ITypeConverter<VersionArgument> {
        @Override
        public VersionArgument convert(String text) {
            Matcher matcher = REFERENCE.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is not NAME/VERSION, such as inbody/2");
            }
            return new VersionArgument(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
    }
}
