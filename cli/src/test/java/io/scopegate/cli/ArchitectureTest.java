package io.scopegate.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintWriter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.scopegate.cli");

    @Test
    void framesGoThroughTheSdkAloneButForTheEcho() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cli.bench.echo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.scopegate.proto..", "io.scopegate.server..", "io.grpc..", "io.quarkus..")
                .check(CLASSES);
    }

    @Test
    void onnxRuntimeIsNotUsedDirectly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(CLASSES);
    }

    @Test
    void defaultLocaleIsNotUsedInFormats() {
        noClasses()
                .should()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintWriter.class, "format", String.class, Object[].class)
                .because("these go by the machine's language: with Locale.ROOT as the first argument instead")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.scopegate.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesAreNamedForWhatTheyDo() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..", "..helper..", "..helpers..", "..dto..")
                .check(CLASSES);
    }
}
