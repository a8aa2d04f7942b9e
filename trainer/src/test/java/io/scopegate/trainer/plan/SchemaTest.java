package io.scopegate.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.trainer.plan.TrainingPlan.DataPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks {@code configs/schema.json} against the readers, and {@code configs/README.md} against the schema. */
class SchemaTest {

    private static final Path CONFIGS =
            Path.of(System.getProperty("scopegate.root")).resolve("configs");

    @TempDir
    Path folder;

    private List<Path> files;
    private Path sources;

    @BeforeEach
    void writeFiles() throws IOException {
        JsonNode demo = new ObjectMapper().readTree(CONFIGS.resolve("demo.json").toFile());
        Path pictures = Files.writeString(
                folder.resolve("pictures.json"),
                "{\"fit\":{\"pictureAugmentation\":" + demo.at("/fit/pictureAugmentation") + "}}");
        Path tuning = Files.writeString(
                folder.resolve("tuning.json"), "{\"fit\":{\"from\":\"model.pt\",\"freeze\":[\"stem\"]}}");
        sources = Files.writeString(folder.resolve("sources.json"), """
                {"data": {"sources": [{"rendered": "r", "count": 2}], "validationGroups": ["a"], "heldOutGroups": ["b"]}}
                """);
        files = Stream.concat(
                        Stream.of("train.json", "multi_gpu_train.json", "evaluate.json", "inference.json")
                                .map(CONFIGS::resolve),
                        Stream.of(pictures, tuning))
                .toList();
    }

    static Stream<String> settings() {
        return KnownSettings.ALL.ids().stream().filter(id -> !id.equals("$schema"));
    }

    static Stream<String> bounded() {
        return settings().filter(id -> KnownSettings.ALL.schemaOf(id).has("minimum"));
    }

    static Stream<String> defaulted() {
        return settings().filter(id -> KnownSettings.ALL.schemaOf(id).has("default"));
    }

    static Stream<String> required() {
        return settings().filter(SchemaTest::isRequired);
    }

    /**
     * Each setting gets a value of another JSON type: a number in place of an object, an object in place of all
     * others.
     */
    @ParameterizedTest
    @MethodSource("settings")
    void readerRefusesAnotherType(String id) {
        boolean object = KnownSettings.ALL.schemaOf(id).has("properties");

        assertThatThrownBy(() -> read(id, object ? "3" : "{\"wrong\":1}"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith(id + ": ");
    }

    /** The minimum itself is read; one less than the minimum and one more than the maximum are refused. */
    @ParameterizedTest
    @MethodSource("bounded")
    void readerHasTheBoundsOfTheSchema(String id) {
        JsonNode schema = KnownSettings.ALL.schemaOf(id);
        double least = schema.get("minimum").doubleValue();
        double most = schema.get("maximum").doubleValue();

        assertThatCode(() -> read(id, schema.get("minimum").toString())).doesNotThrowAnyException();
        assertThatThrownBy(() -> read(id, number(schema, least - 1))).isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> read(id, number(schema, most + 1))).isInstanceOf(PlanException.class);
    }

    /** A plan without the setting is read as one that states the schema's default. */
    @ParameterizedTest
    @MethodSource("defaulted")
    void absentSettingTakesTheSchemaDefault(String id) throws IOException {
        String stated = KnownSettings.ALL.schemaOf(id).get("default").toString();

        assertThat(parts(read(id, "null"))).isEqualTo(parts(read(id, stated)));
    }

    @ParameterizedTest
    @MethodSource("required")
    void readerRequiresWhatTheSchemaRequires(String id) {
        assertThatThrownBy(() -> read(id, "null"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith(id + ": ");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void documentationStatesMeaningAndDefault(String id) throws IOException {
        JsonNode schema = KnownSettings.ALL.schemaOf(id);
        String absent =
                schema.has("default") ? "`" + schema.get("default").asText() + "`" : isRequired(id) ? "required" : "";

        assertThat(Files.readString(CONFIGS.resolve("README.md")))
                .contains("| `%s` | %s | %s |\n"
                        .formatted(
                                id.replace(".0", ".N"),
                                schema.get("description").textValue(),
                                absent));
    }

    /** Each shipped configuration can be read by itself, and names the schema for editors. */
    @ParameterizedTest
    @ValueSource(strings = {"train.json", "multi_gpu_train.json", "demo.json", "evaluate.json", "inference.json"})
    void everyConfigurationNamesTheSchemaAndIsRead(String name) throws IOException {
        Path file = CONFIGS.resolve(name);

        assertThat(new ObjectMapper().readTree(file.toFile()).path("$schema").textValue())
                .isEqualTo("schema.json");
        assertThatCode(() -> PlanReader.of(List.of(file), List.of())).doesNotThrowAnyException();
    }

    /** {@code inference_trt.json} on top of {@code inference.json} changes the target alone. */
    @Test
    void inferenceOnTensorRtIsInferencesWithAnotherTarget() throws IOException {
        InferPlan plain = infer("inference.json");

        assertThat(plain.target()).isEqualTo(ExecutionTarget.CPU);
        assertThat(infer("inference.json", "inference_trt.json"))
                .isEqualTo(new InferPlan(
                        plain.samples(), plain.out(), plain.filename(), plain.model(), ExecutionTarget.TENSORRT_FP16));
    }

    private static InferPlan infer(String... names) throws IOException {
        return PlanReader.of(Stream.of(names).map(CONFIGS::resolve).toList(), List.of())
                .infer()
                .orElseThrow();
    }

    private static boolean isRequired(String id) {
        int dot = id.lastIndexOf('.');
        JsonNode parent = dot < 0
                ? null
                : KnownSettings.ALL.schemaOf(id.substring(0, dot)).path("required");
        List<String> names = new ArrayList<>();
        if (parent != null) {
            parent.forEach(name -> names.add(name.textValue()));
        }
        return names.contains(id.substring(dot + 1));
    }

    private static String number(JsonNode schema, double value) {
        return schema.get("type").asText().equals("integer") ? String.valueOf((long) value) : String.valueOf(value);
    }

    private PlanReader read(String id, String value) throws IOException {
        List<Path> read = new ArrayList<>(files);
        List<String> settings = new ArrayList<>();
        if (id.matches("data\\.(sources|validationGroups|heldOutGroups).*")) {
            settings.addAll(List.of("data.train=null", "data.validation=null"));
            read.add(sources);
        }
        if (id.equals("data.sources.0.manifest")) {
            settings.add("data.sources=[{}]");
        }
        settings.add(id + "=" + value);
        return PlanReader.of(read, settings);
    }

    private static Parts parts(PlanReader plans) {
        TrainingPlan plan = plans.training();
        return new Parts(plan.seed(), plan.data(), plan.fit(), plan.publish(), plans.evaluate(), plans.infer());
    }

    private record Parts(
            long seed,
            Optional<DataPlan> data,
            Optional<FitPlan> fit,
            Optional<PublishPlan> publish,
            Optional<EvaluatePlan> evaluate,
            Optional<InferPlan> infer) {}
}
