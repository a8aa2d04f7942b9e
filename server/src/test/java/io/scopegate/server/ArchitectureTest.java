package io.scopegate.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.scopegate.server");

    /** The audit module, checked for locale-dependent calls only: it has no dependencies that need rules. */
    private static final JavaClasses AUDIT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.scopegate.audit");

    @Test
    void onlyGrpcKnowsGrpc() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.scopegate.server.grpc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "io.quarkus.grpc..", "io.scopegate.proto..", "com.google.."));
    }

    @Test
    void noStageKnowsOnnxRuntime() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("ai.onnxruntime.."));
    }

    @Test
    void onlyTelemetryKnowsMetricsAndTraces() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("io.scopegate.server.telemetry..", "io.scopegate.server")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.opentelemetry.."));
    }

    @Test
    void onlyConfigKnowsConfiguration() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.scopegate.server.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.smallrye.config..", "org.eclipse.microprofile.config.."));
    }

    @Test
    void framesDependOnNothingOfTheServer() {
        check(classes()
                .that()
                .resideInAPackage("io.scopegate.server.frame..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify..", "io.scopegate.bundle..", "io.scopegate.server.frame.."));
    }

    @Test
    void admissionKnowsNoOtherStage() {
        check(knowsOnly("admission"));
    }

    @Test
    void inferenceKnowsNoOtherStage() {
        check(knowsOnly("infer"));
    }

    @Test
    void verdictKnowsNoOtherStage() {
        check(knowsOnly("verdict"));
    }

    @Test
    void thePipelineKnowsNoEdge() {
        check(noClasses()
                .that()
                .resideInAPackage("io.scopegate.server.pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.scopegate.server.grpc..",
                        "io.scopegate.server.health..",
                        "io.scopegate.server.config..",
                        "io.quarkus..",
                        "jakarta.."));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("io.scopegate.server.(*)..").should().beFreeOfCycles());
    }

    /** These methods depend on the machine's locale; file names, options and figures must not. */
    @Test
    void defaultLocaleIsNotUsedInFormatsAndCaseConversions() {
        ArchRule rule = noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase");
        check(rule);
        rule.check(AUDIT);
    }

    @Test
    void packagesAreNotNamedByKind() {
        check(noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..common..", "..impl..", "..helper..", "..helpers..", "..dto.."));
    }

    @Test
    void noFieldIsInjected() {
        check(noFields().should().beAnnotatedWith(Inject.class));
    }

    private static void check(ArchRule rule) {
        rule.check(SERVER);
    }

    private static ArchRule knowsOnly(String stage) {
        return classes()
                .that()
                .resideInAPackage("io.scopegate.server." + stage + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "io.scopegate.bundle..",
                        "io.scopegate.inference..",
                        "io.scopegate.server.frame..",
                        "io.scopegate.server." + stage + "..");
    }
}
