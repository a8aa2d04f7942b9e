package io.scopegate.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses SDK = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.scopegate.client");

    private static final ArchRule PUBLIC_API_IS_OURS = classes()
            .that(DescribedPredicate.describe("can be seen from outside", ArchitectureTest::reachable))
            .should(new ArchCondition<>("show only types of this package and of the JDK") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    shown(type)
                            .filter(shown -> !isOurs(shown))
                            .forEach(shown -> events.add(
                                    SimpleConditionEvent.violated(type, type.getName() + " shows " + shown.getName())));
                }
            });

    @Test
    void thePublicApiShowsNoTypeOfTheTransport() {
        PUBLIC_API_IS_OURS.check(SDK);
    }

    @Test
    void publicApiRuleDetectsATransportType() {
        JavaClasses leaking = new ClassFileImporter().importClasses(LeakyClient.class);

        assertThatThrownBy(() -> PUBLIC_API_IS_OURS.check(leaking)).hasMessageContaining("io.grpc.ManagedChannel");
    }

    @Test
    void nothingOfOtherModulesOrOfTheServersLibrariesIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.scopegate.server..",
                        "io.scopegate.inference..",
                        "io.scopegate.audit..",
                        "io.scopegate.bundle..",
                        "io.scopegate.trainer..",
                        "io.scopegate.cli..",
                        "io.quarkus..",
                        "io.smallrye..",
                        "io.vertx..",
                        "io.netty..",
                        "jakarta..")
                .check(SDK);
    }

    @Test
    void noNativeCodeIsLoaded() {
        noClasses()
                .should()
                .callMethod(System.class, "loadLibrary", String.class)
                .orShould()
                .callMethod(System.class, "load", String.class)
                .check(SDK);
    }

    private static Stream<JavaClass> shown(JavaClass type) {
        Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> fields =
                type.getFields().stream().filter(ArchitectureTest::visible).map(JavaField::getType);
        Stream<JavaType> signatures = type.getCodeUnits().stream()
                .filter(unit -> visible(unit.getModifiers()))
                .flatMap(ArchitectureTest::signature);
        return Stream.of(parents, fields, signatures)
                .flatMap(types -> types)
                .map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Collection::stream);
    }

    private static Stream<JavaType> signature(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
    }

    private static boolean visible(JavaField field) {
        return visible(field.getModifiers());
    }

    private static boolean visible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    static boolean reachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::reachable).orElse(true);
    }

    /**
     * Whether a type may appear in a public signature: one of the JDK, or a public one of this package. A hidden type
     * in a public signature could not be used.
     */
    private static boolean isOurs(JavaClass shown) {
        JavaClass element = shown.getBaseComponentType();
        boolean ours = element.getPackageName().equals("io.scopegate.client") && reachable(element);
        return ours || element.isPrimitive() || element.getPackageName().startsWith("java.");
    }
}
