package io.scopegate.server.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.scopegate.server.config.ConfigComments.Comment;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Generates {@code docs/configuration.md} from {@link ServerConfig} and its comments. */
final class ConfigurationPage {

    private static final String OPENING = """
            # Server configuration

            A test generates this page from `ServerConfig.java`, and fails if the two differ. To regenerate it:

            ```
            %s
            ```

            Set a key in one of these places; the first one that has the key wins:

            1. in a release started with `scopegate-server`, the file that `SCOPEGATE_CONFIG` names;
               on an installed box, `/etc/scopegate/scopegate.properties`
            2. a system property: `SCOPEGATE_JAVA_OPTS=-Dscopegate.max-streams=4 ./scopegate serve`
            3. the environment variable in the last column
            4. `config/application.properties` under the directory that the server is started in

            An unknown property under `scopegate` stops startup. An unknown environment variable is ignored, because it cannot be
            told from somebody else's: check its spelling.

            A duration is a number with `ms`, `s`, `m` or `h`. A size is a number of bytes, or a number with `K`, `M` or `G`.

            ## Quarkus keys

            [Quarkus' own keys](https://quarkus.io/guides/all-config) work too, unless they are fixed at build time. The ones that
            a box may need, with the server's defaults:

            | key | default | meaning |
            |---|---|---|
            | `quarkus.grpc.server.host`, `quarkus.grpc.server.port` | `0.0.0.0`, `8001` | Where the gRPC service listens. |
            | `quarkus.http.host`, `quarkus.http.port` | `0.0.0.0`, `8080` | Where health and metrics listen. |
            | `quarkus.log.console.json.enabled` | `false` | Write the log, on standard error, as JSON: one object per line with `timestamp`, `level`, `loggerName`, `message` and more. Also `serve --json-log`. |
            | `quarkus.otel.sdk.disabled` | `true` | `false` traces a sample of frames with OpenTelemetry: a span per frame, and one each for decode, preprocess, infer and verdict. Also `serve --traces URL`. |
            | `quarkus.otel.traces.sampler.arg` | `0.001` | The share of frames to trace, 0 to 1. Also `serve --trace-ratio`. |
            | `quarkus.otel.exporter.otlp.endpoint` | `http://localhost:4317` | Where traces go: OTLP over gRPC. |
            """;
    private static final String GROUP = """

            ## %s

            %s

            | key | type | default | unit | meaning | environment variable |
            |---|---|---|---|---|---|
            """;

    private static final Map<String, String> UNITS = Map.of("duration", "time", "size", "bytes");

    private static final String ELEMENT = "[*]";

    private final ConfigComments comments;

    ConfigurationPage(ConfigComments comments) {
        this.comments = comments;
    }

    /** Returns every key, in alphabetical order. */
    static Map<String, Property> keys() {
        Map<String, Property> keys = new TreeMap<>(all());
        keys.keySet().removeIf(key -> key.endsWith(ELEMENT));
        return keys;
    }

    /** Returns every key, and for each list one more for its elements. */
    private static Map<String, Property> all() {
        return ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(ServerConfig.class));
    }

    /** Returns the whole page, which names the command that generates it. */
    String markdown(String command) {
        StringBuilder page = new StringBuilder(OPENING.formatted(command));
        keys().entrySet().stream()
                .collect(Collectors.groupingBy(key -> group(key.getKey()), TreeMap::new, Collectors.toList()))
                .forEach((group, keys) -> page.append(section(group, keys)));
        return page.toString();
    }

    private static String group(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    private String section(String group, List<Map.Entry<String, Property>> keys) {
        return keys.stream()
                .map(key -> row(key.getKey(), key.getValue()))
                .collect(Collectors.joining(
                        "\n",
                        GROUP.formatted(group, comments.ofGroup(keys.getFirst().getValue())),
                        "\n"));
    }

    private String row(String name, Property property) {
        Comment comment = comments.of(property);
        String type = all().containsKey(name + ELEMENT) ? "texts, separated by commas" : type(property);
        return "| `%s` | %s | %s | %s | %s | `%s` |"
                .formatted(
                        name,
                        type,
                        property.hasDefaultValue() ? "`" + property.getDefaultValue() + "`" : "none",
                        comment.unit().isEmpty() ? UNITS.getOrDefault(type, "") : comment.unit(),
                        comment.meaning(),
                        environmentVariable(name));
    }

    private static String type(Property property) {
        Class<?> type = property.isPrimitive()
                ? property.asPrimitive().getBoxType()
                : property.asLeaf().getValueRawType();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant ->
                            "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .collect(Collectors.joining(", "));
        }
        return Map.of(
                        Path.class, "path",
                        String.class, "text",
                        Duration.class, "duration",
                        MemorySize.class, "size",
                        Boolean.class, "`true`, `false`",
                        Integer.class, "whole number",
                        OptionalInt.class, "whole number",
                        Double.class, "number")
                .getOrDefault(type, type.getSimpleName());
    }

    private static String environmentVariable(String name) {
        return name.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
