package io.github.ttmemorycheck;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Groups of top-level classes of one package of which each needs all the others, be it by a detour: such a group can
 * only be read as one. A nested class belongs to its top-level class.
 *
 * @param uses which classes of its own package a class uses, by full name
 */
record ClassKnots(Map<String, Set<String>> uses) {

    static ClassKnots in(Iterable<JavaClass> classes) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> ofOne = uses.computeIfAbsent(topLevel(type).getName(), unseen -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(used -> used.getPackageName().equals(type.getPackageName()))
                    .forEach(used -> ofOne.add(topLevel(used).getName()));
        }
        return new ClassKnots(uses);
    }

    /** Returns the knots of more than so many classes, each sorted by name. */
    List<Set<String>> largerThan(int classes) {
        List<Set<String>> knots = new ArrayList<>();
        Set<String> tied = new HashSet<>();
        for (String name : uses.keySet()) {
            if (tied.contains(name)) {
                continue;
            }
            Set<String> knot = new TreeSet<>(Set.of(name));
            reachableFrom(name).stream()
                    .filter(other -> reachableFrom(other).contains(name))
                    .forEach(knot::add);
            tied.addAll(knot);
            if (knot.size() > classes) {
                knots.add(knot);
            }
        }
        return knots;
    }

    private Set<String> reachableFrom(String name) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(usedBy(name));
        while (!next.isEmpty()) {
            String one = next.pop();
            if (reached.add(one)) {
                next.addAll(usedBy(one));
            }
        }
        return reached;
    }

    private Set<String> usedBy(String name) {
        return uses.getOrDefault(name, Set.of());
    }

    private static JavaClass topLevel(JavaClass type) {
        return Stream.iterate(type, inner -> inner.getEnclosingClass().orElseThrow())
                .filter(JavaClass::isTopLevelClass)
                .findFirst()
                .orElseThrow();
    }
}
