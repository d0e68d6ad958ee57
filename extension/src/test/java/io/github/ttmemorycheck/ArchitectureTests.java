package io.github.ttmemorycheck;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.ttmemorycheck.device.TtDevice;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packagesOf = ArchitectureTests.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    /** How many classes the rules must see to mean anything; raised as the library grows. */
    private static final int CLASSES_AT_LEAST = 200;

    private static final String ROOT = "io.github.ttmemorycheck";

    /** The one class that is also a program, and so may print. */
    private static final String PROGRAM = ROOT + ".tracker.AllocationServer";

    /** GitHub reads its commands from the standard output alone. */
    private static final String WORKFLOW = ROOT + ".internal.runreport.GitHubWorkflow";

    /** Each package below the root, and the ones it may use. The root may use all, and nothing may use the root. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("assertj", Set.of("internal.text", "leak", "report", "snapshot")),
            Map.entry("report", Set.of("diagnosis", "internal.text", "leak", "snapshot")),
            Map.entry("diagnosis", Set.of("internal.text", "leak", "snapshot")),
            Map.entry("leak", Set.of("snapshot")),
            Map.entry("client", Set.of("internal.logging", "internal.wire", "snapshot")),
            Map.entry(
                    "tracker",
                    Set.of(
                            "internal.attach",
                            "internal.logging",
                            "internal.server",
                            "internal.sharedmemory",
                            "internal.wire",
                            "snapshot")),
            Map.entry("device", Set.of()),
            Map.entry("snapshot", Set.of()),
            Map.entry("internal.logging", Set.of()),
            Map.entry("internal.locking", Set.of("internal.text")),
            Map.entry(
                    "internal.runreport",
                    Set.of(
                            "internal.locking",
                            "internal.logging",
                            "internal.settings",
                            "internal.text",
                            "report",
                            "snapshot")),
            Map.entry("internal.attach", Set.of("internal.logging", "internal.server", "internal.wire", "snapshot")),
            Map.entry("internal.server", Set.of("internal.logging", "internal.wire", "snapshot")),
            Map.entry("internal.sharedmemory", Set.of("internal.logging", "snapshot")),
            Map.entry("internal.text", Set.of("snapshot")),
            Map.entry("internal.wire", Set.of("snapshot")));

    @ArchTest
    static final ArchRule packages_depend_on_each_other_only_along_the_arrows =
            classes().should(dependOnlyAlongTheArrows());

    @ArchTest
    static final ArchRule packages_form_no_cycles =
            slices().assignedFrom(packages()).should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule packages_are_null_marked = classes().should(resideInANullMarkedPackage());

    @ArchTest
    static final ArchRule junit_is_used_only_in_the_root_package = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.opentest4j..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule assertj_is_used_only_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".assertj")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.assertj..");

    @ArchTest
    static final ArchRule junixsocket_is_used_only_by_the_two_ends_of_the_socket = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".client", ROOT + ".internal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.newsclub..");

    @ArchTest
    static final ArchRule logging_goes_through_slf4j = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j.simple..", "org.apache.commons.logging..");

    @ArchTest
    static final ArchRule nothing_is_printed_but_by_the_program_and_for_github = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(PROGRAM)
            .and()
            .doNotHaveFullyQualifiedName(WORKFLOW)
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule time_is_injected_and_nothing_sleeps =
            noClasses().should(accessTargetWhere(wallClock())).orShould(accessTargetWhere(TestCodeRulesTests.sleep()));

    @ArchTest
    static final ArchRule helpers_live_where_they_are_used = noClasses()
            .should()
            .haveNameMatching("(?i:.*\\.[a-z0-9]*(util|common|core)[a-z0-9]*\\..*)")
            .orShould()
            .haveNameMatching(".*(Util|Utils|Utility|Utilities|Common|Commons|Core)(?![a-z]).*");

    @ArchTest
    static final ArchRule snapshots_are_values = classes()
            .that()
            .resideInAPackage(ROOT + ".snapshot")
            .and(not(simpleName("package-info")))
            .and(not(simpleName("Builder")))
            .should(beImmutable())
            .allowEmptyShould(true);

    @ArchTest
    static void the_rules_see_the_library(JavaClasses imported) {
        assertThat(imported.stream().filter(type -> !isPackageInfo(type)))
                .as("production classes seen by the rules")
                .hasSizeGreaterThanOrEqualTo(CLASSES_AT_LEAST);
    }

    @ArchTest
    static void every_public_package_is_exported(JavaClasses imported) throws IOException {
        Set<String> publicPackages = imported.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getPackageName)
                .filter(name -> !name.startsWith(ROOT + ".internal"))
                .collect(Collectors.toSet());

        URL classes = TtDevice.class.getProtectionDomain().getCodeSource().getLocation();
        try (InputStream descriptor = new URL(classes, "module-info.class").openStream()) {
            assertThat(ModuleDescriptor.read(descriptor).exports())
                    .as("exports of module-info.java")
                    .extracting(ModuleDescriptor.Exports::source)
                    .containsExactlyInAnyOrderElementsOf(publicPackages);
        }
    }

    private static ArchCondition<JavaClass> dependOnlyAlongTheArrows() {
        return new ArchCondition<>("use only the packages that MAY_USE lists for theirs") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String from = section(type);
                if (from.isEmpty()) {
                    return;
                }
                Set<String> allowed = MAY_USE.get(from);
                if (allowed == null) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is in a package MAY_USE lacks"));
                    return;
                }
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isOurs(dependency.getTargetClass()))
                        .filter(dependency ->
                                !section(dependency.getTargetClass()).equals(from))
                        .filter(dependency -> !allowed.contains(section(dependency.getTargetClass())))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package whose package-info.java says @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
            }
        };
    }

    private static ArchCondition<JavaClass> beImmutable() {
        return new ArchCondition<>("be records, enums, interfaces, or final with final fields only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean value = type.isRecord() || type.isEnum() || type.isInterface() || type.isAnonymousClass();
                boolean closed = type.getModifiers().contains(JavaModifier.FINAL);
                if (!value && !closed) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is not final"));
                }
                type.getFields().stream()
                        .filter(field -> !isFinal(field))
                        .forEach(field -> events.add(
                                SimpleConditionEvent.violated(field, field.getFullName() + " is not final")));
            }
        };
    }

    private static DescribedPredicate<JavaAccess<?>> wallClock() {
        Map<String, Set<String>> readers = Map.of(
                "java.lang.System", Set.of("currentTimeMillis"),
                "java.time.Instant", Set.of("now"),
                "java.time.LocalDate", Set.of("now"),
                "java.time.LocalDateTime", Set.of("now"),
                "java.time.ZonedDateTime", Set.of("now"),
                "java.time.OffsetDateTime", Set.of("now"));
        return DescribedPredicate.describe(
                "the wall clock is read",
                access -> readers.getOrDefault(access.getTargetOwner().getName(), Set.of())
                                .contains(access.getTarget().getName())
                        && !access.getDescription().contains("(java.time.Clock)"));
    }

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    private static boolean isOurs(JavaClass type) {
        return resideInAnyPackage(ROOT, ROOT + "..").test(type.getBaseComponentType());
    }

    private static String section(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    private static boolean isPackageInfo(JavaClass type) {
        return type.getSimpleName().equals("package-info");
    }

    private static boolean isFinal(JavaField field) {
        return field.getModifiers().contains(JavaModifier.FINAL);
    }
}
