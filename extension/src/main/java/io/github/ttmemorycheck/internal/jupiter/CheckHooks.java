package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Check;
import io.github.ttmemorycheck.internal.check.ClassCheck;
import io.github.ttmemorycheck.internal.check.MemoryAccess;
import io.github.ttmemorycheck.internal.check.TestCheck;
import io.github.ttmemorycheck.report.LeakReport;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * What one registration of the extension does when JUnit calls it. Keeps nothing but how it was configured: checks are
 * in the stores of their contexts. Thread-safe.
 */
public final class CheckHooks {

    private final StatedRules stated;
    private final Delivery delivery;

    /**
     * Makes the hooks of a registration.
     *
     * @param leakErrors makes the error of a leak from its report and its message
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException below JUnit 5.13
     */
    public CheckHooks(StatedRules stated, BiFunction<LeakReport, String, AssertionFailedError> leakErrors) {
        JUnitLevel.check();
        this.stated = stated;
        this.delivery = new Delivery(leakErrors);
    }

    /**
     * Marks what a condition belongs to. What it marks for the container of a test's invocations is never judged, since
     * that neither begins nor fails as a test does.
     */
    public void conditionEvaluated(ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            ofClass(context);
        } else if (context.getTestInstance().isPresent()) {
            ofTest(context);
            AutoClosedArguments.closeFirst(context);
        }
    }

    /** Fails the class before its first test when the check cannot work. */
    public void classBegins(ExtensionContext context) {
        ofClass(context)
                .require()
                .ifPresent(check ->
                        delivery.carryOut(JupiterRun.of(context), Optional.of(context), check.beginOrRefuse()));
    }

    /** Marks a test whose instance is made for it alone. */
    public void instanceIsMade(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            ofTest(context);
        }
    }

    /** Notes that a test has begun. */
    public void testBegins(ExtensionContext context) {
        ofTest(context).require().ifPresent(TestCheck::begin);
    }

    /** Clears the program caches while the devices are still open. */
    public void testMethodEnded(ExtensionContext context) {
        ofTest(context)
                .check()
                .ifPresent(
                        check -> check.clearProgramCaches(JupiterRun.of(context).openDevices(context)));
    }

    /** Returns what a test or class may ask of the run. */
    public MemoryAccess memory(ExtensionContext context) {
        JupiterRun run = JupiterRun.of(context);
        return new MemoryAccess(
                run.run(),
                () -> run.openDevices(context),
                device -> ManagedDevices.of(context).add(device));
    }

    private StoredCheck<ClassCheck> ofClass(ExtensionContext context) {
        return stored(context, "class ", (run, subject, rules) -> {
            stated.checkMethods(context.getRequiredTestClass());
            boolean outermost = context.getEnclosingTestClasses().isEmpty();
            return new ClassCheck(run.run(), subject, rules, outermost);
        });
    }

    private StoredCheck<TestCheck> ofTest(ExtensionContext context) {
        return stored(
                context,
                "test ",
                (run, subject, rules) -> new TestCheck(
                        run.run(),
                        subject,
                        rules,
                        inForce -> StoredSeries.of(run, context, subject, inForce, delivery)));
    }

    // One type of value is kept under each key, so that what the store returns for it is of that type.
    @SuppressWarnings("unchecked")
    private <C extends Check> StoredCheck<C> stored(ExtensionContext context, String kind, StoredCheck.Maker<C> maker) {
        StoredCheck<C> stored = ContextStore.keep(
                context,
                kind + context.getUniqueId(),
                StoredCheck.class,
                () -> new StoredCheck<>(context, stated, delivery, maker));
        stored.adopt(stated);
        return stored;
    }
}
