package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.IdleWatch;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Watches whether anything is seen of a class of which tests are checked and the whole is not: an annotation on methods
 * brings no hook of their class. It is in the store of the outermost class, as the check of a class says it only there,
 * and speaks when JUnit closes that.
 */
record StoredIdleWatch(JupiterRun run, ExtensionContext type, Optional<IdleWatch> watch, Delivery delivery)
        implements AutoCloseable {

    /** Starts to watch the class of a test, at the first test of it that is checked. */
    static void of(JupiterRun run, ExtensionContext test, Delivery delivery) {
        ExtensionContext type = outermostClass(test);
        ContextStore.keep(
                type,
                "idle " + type.getUniqueId(),
                StoredIdleWatch.class,
                () -> new StoredIdleWatch(run, type, IdleWatch.ofTestsAlone(run.run()), delivery));
    }

    private static ExtensionContext outermostClass(ExtensionContext test) {
        ExtensionContext outermost = test;
        for (Optional<ExtensionContext> at = test.getParent();
                at.isPresent();
                at = at.get().getParent()) {
            if (at.get().getTestClass().isPresent()) {
                outermost = at.get();
            }
        }
        return outermost;
    }

    @Override
    public void close() {
        watch.ifPresent(watching -> delivery.carryOut(run, Optional.of(type), watching.end(ContextSubjects.of(type))));
    }
}
