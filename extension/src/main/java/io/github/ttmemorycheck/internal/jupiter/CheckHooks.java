package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Check;
import io.github.ttmemorycheck.internal.check.ClassCheck;
import io.github.ttmemorycheck.internal.check.Clearables;
import io.github.ttmemorycheck.internal.check.MemoryAccess;
import io.github.ttmemorycheck.internal.check.RepetitionSeries;
import io.github.ttmemorycheck.internal.check.Rules;
import io.github.ttmemorycheck.internal.check.TestCheck;
import io.github.ttmemorycheck.report.Subject;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What one registration of the extension does when JUnit calls it: {@code TtMemoryCheckExtension} says which hook does
 * what, and why there. Keeps nothing but how it was configured: checks are in the stores of their contexts.
 * Thread-safe.
 */
public final class CheckHooks {

    private final StatedRules stated;
    private final Delivery delivery;

    /**
     * Makes the hooks of a registration.
     *
     * @param leakErrors makes the error of a leak or of growth
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException below JUnit 5.13
     */
    public CheckHooks(StatedRules stated, LeakErrors leakErrors) {
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

    public void classBegins(ExtensionContext context) {
        ofClass(context).require().ifPresent(check -> {
            check.countPrograms(() -> known(context));
            delivery.carryOut(JupiterRun.of(context), Optional.of(context), check.beginOrRefuse());
        });
    }

    /** Says that no further test of a class runs; what closes its devices comes next. */
    public void testsAreThrough(ExtensionContext context) {
        ofClass(context).check().ifPresent(check -> check.testsAreThrough(() -> known(context)));
    }

    public void instanceIsMade(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            ofTest(context);
        }
    }

    public void testBegins(ExtensionContext context) {
        ofTest(context).require().ifPresent(check -> {
            check.countPrograms(() -> known(context));
            check.begin();
        });
    }

    public void testMethodEnded(ExtensionContext context) {
        ofTest(context).check().ifPresent(check -> check.testMethodEnded(known(context)));
    }

    private static Clearables known(ExtensionContext context) {
        return StoredCheck.known(JupiterRun.of(context), context);
    }

    /** Notes that a test is disabled, or an invocation of it: what does not run may still leak. */
    public void testDisabled(ExtensionContext context) {
        JupiterRun.find(context).ifPresent(run -> run.run().disabled(ContextSubjects.of(context)));
    }

    /** Returns what a test or class may ask of the run. */
    public MemoryAccess memory(ExtensionContext context) {
        return new MemoryAccess(
                JupiterRun.of(context).run(),
                () -> known(context),
                device -> DeviceFinder.manage(context, device),
                cache -> AddedCaches.add(context, cache));
    }

    private StoredCheck<ClassCheck> ofClass(ExtensionContext context) {
        return stored(context, StoredCheck.CLASS, (run, subject, rules) -> {
            stated.checkMethods(context.getRequiredTestClass());
            return new ClassCheck(
                    run.run(),
                    subject,
                    rules,
                    () -> TestMethods.of(context.getRequiredTestClass()),
                    !StoredCheck.isEnclosed(context));
        });
    }

    /** The repetitions of a test in the store of the outermost template of them, judged when that is closed. */
    private record StoredSeries(JupiterRun run, ExtensionContext first, RepetitionSeries series, Delivery delivery)
            implements AutoCloseable {

        @Override
        public void close() {
            delivery.carryOut(run, first.getParent(), series.end());
        }
    }

    /** Finds the repetitions that a test is one of; empty for a test that runs once. */
    private Optional<RepetitionSeries> series(JupiterRun run, ExtensionContext test, Subject subject, Rules rules) {
        return ContextSubjects.template(test)
                .map(template -> ContextStore.keep(
                                template,
                                "repetitions of " + subject.repetitions().uniqueId(),
                                StoredSeries.class,
                                () -> new StoredSeries(
                                        run,
                                        test,
                                        new RepetitionSeries(
                                                run.run(), subject, rules, ContextSubjects.callsTheSame(test)),
                                        delivery))
                        .series());
    }

    private StoredCheck<TestCheck> ofTest(ExtensionContext context) {
        return stored(context, "test ", (run, subject, rules) -> {
            if (!StoredCheck.isEnclosed(context)) {
                StoredIdleWatch.of(run, context, delivery);
            }
            return new TestCheck(run.run(), subject, rules, inForce -> series(run, context, subject, inForce));
        });
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
