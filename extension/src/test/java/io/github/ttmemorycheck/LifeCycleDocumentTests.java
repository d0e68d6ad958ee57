package io.github.ttmemorycheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The table of life cycles names its tests: each that it names exists, and each that exists has a row. */
class LifeCycleDocumentTests {

    private static final Path DOCUMENT = Path.of("..", "docs", "lifecycle.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+LifeCycleTests\\.\\w+)`");
    private static final List<Class<?>> DOCUMENTED = List.of(
            ClassLifeCycleTests.class,
            InheritanceLifeCycleTests.class,
            InstanceLifeCycleTests.class,
            NestedLifeCycleTests.class,
            OutcomeLifeCycleTests.class,
            ParallelLifeCycleTests.class,
            ParameterizedClassLifeCycleTests.class,
            StoreLifeCycleTests.class,
            TemplateLifeCycleTests.class);

    @Test
    void every_row_is_a_test_and_every_test_a_row() throws IOException {
        Set<String> rows = TEST.matcher(Files.readString(DOCUMENT))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows).containsExactlyElementsOf(tests());
    }

    private static Set<String> tests() {
        return DOCUMENTED.stream()
                .flatMap(LifeCycleDocumentTests::testsOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> testsOf(Class<?> type) {
        return AnnotationSupport.findAnnotatedMethods(type, Testable.class, HierarchyTraversalMode.TOP_DOWN).stream()
                .map(method -> type.getSimpleName() + "." + method.getName());
    }
}
