package io.scopegate.inference;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.scopegate.inference");

    @Test
    void onlyOnnxKnowsOnnxRuntime() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..inference.onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(CLASSES);
    }

    @Test
    void onnxRuntimeEnvironmentIsOnlyCreatedBySilentOnnxRuntime() {
        noClasses().should().callMethodWhere(target(name("getEnvironment"))).check(CLASSES);
    }

    @Test
    void thisModuleNeedsNeitherServerNorTrainer() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.grpc..", "ai.djl..", "io.scopegate.proto..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.scopegate.inference.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /**
     * These methods format with the digits and letters of the machine's language, which file names, options and numbers
     * must not depend on.
     */
    @Test
    void defaultLocaleIsNotUsedInFormatsAndCaseConversions() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .check(CLASSES);
    }

    @Test
    void packagesAreNamedForWhatTheyDo() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..", "..helper..", "..helpers..", "..dto..")
                .check(CLASSES);
    }
}
