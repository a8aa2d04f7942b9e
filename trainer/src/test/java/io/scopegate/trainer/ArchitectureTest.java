package io.scopegate.trainer;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.scopegate.trainer");

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.scopegate.trainer.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void framesAreFoundAndEvaluatedWithoutTheTrainingEngine() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..trainer.dataset..",
                        "..trainer.metrics..",
                        "..trainer.evaluate..",
                        "..trainer.report..",
                        "..trainer.plan..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(CLASSES);
    }

    @Test
    void onlyExportPackageDependsOnOnnx() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..trainer.export..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("onnx..", "ai.onnxruntime..")
                .check(CLASSES);
    }

    @Test
    void onnxRuntimeIsOnlyReachedWithItsTelemetryOff() {
        noClasses().should().callMethodWhere(target(name("getEnvironment"))).check(CLASSES);
    }

    @Test
    void packageNamesAreNotGeneric() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..", "..helpers..", "..dto..")
                .check(CLASSES);
    }
}
