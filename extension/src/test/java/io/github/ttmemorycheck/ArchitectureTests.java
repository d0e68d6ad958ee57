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
import com.tngtech.archunit.core.domain.Dependency;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packagesOf = ArchitectureTests.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    /** How many classes the rules must see to mean anything; raised as the library grows. */
    private static final int CLASSES_AT_LEAST = 310;

    private static final String ROOT = "io.github.ttmemorycheck";

    /** The one class that is also a program, and so may print. */
    private static final String PROGRAM = ROOT + ".tracker.AllocationServer";

    /** GitHub reads its commands from the standard output alone. */
    private static final String WORKFLOW = ROOT + ".internal.runreport.GitHubWorkflow";

    /** Nobody sees what a log swallows. */
    private static final String SHUT_LOG = ROOT + ".internal.logging.ShutLog";

    /** It prints nothing, and keeps another library from printing while that is loaded. */
    private static final String QUIETENING = ROOT + ".internal.socket.NativeLibrary";

    /** How many packages and arrows the document must have to mean anything; raised as the library grows. */
    private static final int PACKAGES_AT_LEAST = 27;

    private static final int ARROWS_AT_LEAST = 115;

    /** More classes that all need each other cannot be read one by one. */
    private static final int CLASSES_OF_A_KNOT = 3;

    /** How many public types must say how stable they are; raised as the API grows. */
    private static final int PUBLIC_TYPES_AT_LEAST = 37;

    /** The root package is the public API and the readers of its annotations. */
    private static final int CLASSES_OF_THE_ROOT = 15;

    @ArchTest
    static void packages_depend_on_each_other_only_along_the_arrows_of_the_document(JavaClasses imported)
            throws IOException {
        PackageArrows allowed = PackageArrows.read();
        List<String> forbidden = dependencies(imported)
                .filter(used -> !allowed.targets()
                        .getOrDefault(room(used.getOriginClass()), Set.of())
                        .contains(room(used.getTargetClass())))
                .map(Dependency::getDescription)
                .toList();

        assertThat(forbidden).as("dependencies without an arrow").isEmpty();
    }

    @ArchTest
    static void the_document_draws_each_package_and_no_arrow_that_nothing_needs(JavaClasses imported)
            throws IOException {
        Map<String, Set<String>> needed = new TreeMap<>();
        imported.forEach(type -> needed.computeIfAbsent(room(type), unseen -> new TreeSet<>()));
        dependencies(imported)
                .forEach(used -> needed.computeIfAbsent(room(used.getOriginClass()), unseen -> new TreeSet<>())
                        .add(room(used.getTargetClass())));
        PackageArrows drawn = PackageArrows.read();

        assertThat(drawn.targets()).hasSizeGreaterThanOrEqualTo(PACKAGES_AT_LEAST);
        assertThat(drawn.count()).isGreaterThanOrEqualTo(ARROWS_AT_LEAST);
        assertThat(drawn.targets().keySet()).isEqualTo(needed.keySet());
        assertThat(drawn.targets())
                .allSatisfy((from, targets) ->
                        assertThat(needed.get(from)).as("what %s needs", from).containsAll(targets));
    }

    /** A room uses only rooms nearer to the ground, so whoever reads down meets no name that is explained above. */
    @ArchTest
    static void the_drawing_has_each_room_above_those_that_it_uses(JavaClasses imported) throws IOException {
        List<String> drawn = PackageArrows.roomsDrawn();
        Map<String, Set<String>> targets = PackageArrows.read().targets();

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(targets.keySet());
        assertThat(targets)
                .allSatisfy((from, below) -> assertThat(below)
                        .allMatch(to -> drawn.indexOf(to) > drawn.indexOf(from), "drawn below " + from));
    }

    @ArchTest
    static void the_document_names_classes_that_exist(JavaClasses imported) throws IOException {
        Set<String> known = imported.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        known.add(ArchitectureTests.class.getSimpleName());
        List<String> named = PackageArrows.classesNamed();

        assertThat(named).hasSizeGreaterThanOrEqualTo(10).isSubsetOf(known);
    }

    @ArchTest
    static void classes_of_a_package_form_no_knots(JavaClasses imported) {
        ClassKnots classes = ClassKnots.in(imported);
        assertThat(classes.uses()).hasSizeGreaterThanOrEqualTo(CLASSES_AT_LEAST);

        assertThat(classes.largerThan(CLASSES_OF_A_KNOT)).isEmpty();
    }

    @ArchTest
    static void public_types_say_how_stable_they_are(JavaClasses imported) {
        List<JavaClass> types = imported.stream()
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.getPackageName().startsWith(ROOT + ".internal"))
                .toList();

        assertThat(types).hasSizeGreaterThanOrEqualTo(PUBLIC_TYPES_AT_LEAST);
        assertThat(types).filteredOn(type -> !type.isAnnotatedWith(API.class)).isEmpty();
    }

    @ArchTest
    static void the_root_package_has_few_classes(JavaClasses imported) {
        assertThat(imported.stream()
                        .filter(type -> type.isTopLevelClass() && !isPackageInfo(type))
                        .filter(type -> type.getPackageName().equals(ROOT))
                        .map(JavaClass::getSimpleName))
                .hasSizeLessThanOrEqualTo(CLASSES_OF_THE_ROOT);
    }

    @ArchTest
    static final ArchRule packages_form_no_cycles =
            slices().assignedFrom(packages()).should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule packages_are_null_marked = classes().should(resideInANullMarkedPackage());

    @ArchTest
    static final ArchRule junit_is_used_only_in_the_root_package_and_its_hooks = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".internal.jupiter")
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
    static final ArchRule nothing_is_printed_but_by_the_program_for_github_and_for_a_shut_log = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(PROGRAM)
            .and()
            .doNotHaveFullyQualifiedName(WORKFLOW)
            .and()
            .doNotHaveFullyQualifiedName(QUIETENING)
            .and()
            .doNotHaveFullyQualifiedName(SHUT_LOG)
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
            assertThat(ModuleDescriptor.read(descriptor).exports().stream().filter(exported -> !exported.isQualified()))
                    .as("exports of module-info.java")
                    .extracting(ModuleDescriptor.Exports::source)
                    .containsExactlyInAnyOrderElementsOf(publicPackages);
        }
    }

    /** Returns what a class of ours uses in another package of ours. */
    private static Stream<Dependency> dependencies(JavaClasses imported) {
        return imported.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(used -> isOurs(used.getTargetClass()))
                .filter(used -> !room(used.getOriginClass()).equals(room(used.getTargetClass())));
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

    private static String room(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.equals(ROOT) ? PackageArrows.ROOT : name.substring(ROOT.length() + 1);
    }

    private static boolean isPackageInfo(JavaClass type) {
        return type.getSimpleName().equals("package-info");
    }

    private static boolean isFinal(JavaField field) {
        return field.getModifiers().contains(JavaModifier.FINAL);
    }
}
