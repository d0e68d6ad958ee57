package io.github.ttmemorycheck;

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.annotation.Testable;

@AnalyzeClasses(packagesOf = TestCodeRulesTests.class, importOptions = OnlyIncludeTests.class)
class TestCodeRulesTests {

    @ArchTest
    static final ArchRule tests_wait_for_events_instead_of_sleeping =
            noClasses().should(accessTargetWhere(sleep()));

    @ArchTest
    static final ArchRule test_classes_are_never_skipped =
            noClasses().that(runInTheBuild()).should(be(skippable()));

    @ArchTest
    static final ArchRule test_methods_are_never_skipped = noMethods()
            .that()
            .areDeclaredInClassesThat(runInTheBuild())
            .should(be(skippable()))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_hardware_tests_make_assumptions = noClasses()
            .that(runInTheBuild())
            .should()
            .accessClassesThat()
            .haveNameMatching("org\\.(junit\\.jupiter|assertj\\.core)\\.api\\.\\w*Assumptions");

    @ArchTest
    static final ArchRule test_classes_end_in_Tests =
            classes().that(holdTests()).should().haveSimpleNameEndingWith("Tests");

    /** An abstract one is a contract, which classes of other packages extend. */
    @ArchTest
    static final ArchRule test_classes_are_package_private = classes()
            .that(holdTests())
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should()
            .notBePublic();

    private static DescribedPredicate<JavaClass> holdTests() {
        return DescribedPredicate.describe(
                "hold tests at the top level", type -> type.isTopLevelClass() && holdsTests(type));
    }

    static DescribedPredicate<JavaAccess<?>> sleep() {
        return DescribedPredicate.describe(
                "a thread sleeps",
                access -> access.getTarget().getName().equals("sleep")
                        && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                                .contains(access.getTargetOwner().getName()));
    }

    /**
     * Test classes and the classes nested in them as tests, without those tagged as needing hardware. Static nested
     * classes are fixtures, run by a test through the test kit: those may be disabled, aborted or red.
     */
    private static DescribedPredicate<JavaClass> runInTheBuild() {
        return DescribedPredicate.describe(
                "run in the build without hardware", type -> runs(type) && !needsHardware(type));
    }

    private static boolean runs(JavaClass type) {
        return type.getEnclosingClass()
                .map(outer -> runs(outer)
                        && (type.isAnnotatedWith(Nested.class)
                                || type.isAnonymousClass()
                                || !type.getModifiers().contains(JavaModifier.STATIC)))
                .orElseGet(() -> type.getSimpleName().endsWith("Tests"));
    }

    private static boolean needsHardware(JavaClass type) {
        boolean tagged = type.tryGetAnnotationOfType(Tag.class)
                .map(tag -> tag.value().equals("hardware"))
                .orElse(false);
        return tagged
                || type.getEnclosingClass()
                        .map(TestCodeRulesTests::needsHardware)
                        .orElse(false);
    }

    private static DescribedPredicate<CanBeAnnotated> skippable() {
        return DescribedPredicate.describe(
                "disabled, outright or on a condition",
                element -> element.isAnnotatedWith(Disabled.class)
                        || element.isMetaAnnotatedWith(DescribedPredicate.describe(
                                "a condition",
                                annotation -> annotation
                                        .getRawType()
                                        .getPackageName()
                                        .equals("org.junit.jupiter.api.condition"))));
    }

    private static boolean holdsTests(JavaClass type) {
        return type.getMembers().stream()
                .anyMatch(
                        member -> member.isMetaAnnotatedWith(Testable.class) || member.isAnnotatedWith(ArchTest.class));
    }
}
