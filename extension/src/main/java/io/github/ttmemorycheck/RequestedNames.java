package io.github.ttmemorycheck;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.ConfigurationParameters;

/**
 * The names of the configuration parameters in the request that a test runs by.
 *
 * <p>A launcher tells its listeners. A test kit runs an engine without one, and then the engine's own objects are all that
 * knows them: there is no interface to ask for names, so its configuration is followed to the parameters of the request.
 * Should another JUnit keep them elsewhere, or keep its packages closed, there are none, and nothing else changes.
 */
final class RequestedNames {

    /** Where JUnit 5.13 to 6.1 keeps its configuration: one object behind another, the last one with the parameters. */
    private static final String CONFIGURATION = "org.junit.jupiter.engine.config";

    /** A configuration that caches, the one behind it, the parameters, and one more for those who wrap it. */
    private static final int DEEPEST = 4;

    private RequestedNames() {}

    static Set<String> of(ExtensionContext context) {
        return of(context, DEEPEST);
    }

    private static Set<String> of(Object holder, int deepest) {
        if (holder instanceof ConfigurationParameters parameters) {
            return parameters.keySet();
        }
        if (deepest == 0) {
            return Set.of();
        }
        return ReflectionSupport.findFields(holder.getClass(), RequestedNames::leadsOn, HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .flatMap(field -> ReflectionSupport.tryToReadFieldValue(field, holder).toOptional().stream())
                .findFirst()
                .map(next -> of(next, deepest - 1))
                .orElse(Set.of());
    }

    private static boolean leadsOn(Field field) {
        return !Modifier.isStatic(field.getModifiers())
                && (field.getType() == ConfigurationParameters.class
                        || field.getType().getPackageName().equals(CONFIGURATION));
    }
}
