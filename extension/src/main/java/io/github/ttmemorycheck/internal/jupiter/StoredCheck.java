package io.github.ttmemorycheck.internal.jupiter;

import io.github.ttmemorycheck.internal.check.Check;
import io.github.ttmemorycheck.internal.check.Clearables;
import io.github.ttmemorycheck.internal.check.Clearables.NamedCache;
import io.github.ttmemorycheck.internal.check.Rules;
import io.github.ttmemorycheck.internal.check.Ruling;
import io.github.ttmemorycheck.internal.check.TestCheck;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.settings.SettingException;
import io.github.ttmemorycheck.report.Subject;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The check of a test or class in the store of its context, opened as early as JUnit lets it and judged when JUnit
 * closes the store: after everything else that it closes.
 */
final class StoredCheck<C extends Check> implements AutoCloseable {

    /** How the keys of the checks of classes begin. */
    static final String CLASS = "class ";

    private final ExtensionContext context;
    private final Delivery delivery;
    private State<C> state;

    /** What became of opening it. */
    private sealed interface State<C> {

        /** Nothing is checked in this run. */
        record Off<C>() implements State<C> {}

        /** The check cannot work as it is configured; this is thrown when the test or class begins. */
        record Refused<C>(RuntimeException why) implements State<C> {}

        /** The check works, by the rules that are stated there. */
        record Working<C>(JupiterRun run, C check, StatedRules stated) implements State<C> {}
    }

    interface Maker<C> {

        C make(JupiterRun run, Subject subject, Rules rules);
    }

    /** Equal for what is judged by the same rules. */
    private record RulesKey(Class<?> type, @Nullable Method method, StatedRules stated) {}

    StoredCheck(ExtensionContext context, StatedRules stated, Delivery delivery, Maker<C> maker) {
        this.context = context;
        this.delivery = delivery;
        this.state = open(stated, maker);
    }

    private State<C> open(StatedRules stated, Maker<C> maker) {
        try {
            JupiterRun run = JupiterRun.of(context);
            if (run.isOff()) {
                return new State.Off<>();
            }
            Subject subject = ContextSubjects.of(context);
            Clearables known = known(run, context);
            C check = maker.make(run, subject, rules(run, subject, stated));
            check.knows(known);
            return new State.Working<>(run, check, stated);
        } catch (RuntimeException refused) {
            return new State.Refused<>(refused);
        }
    }

    private Rules rules(JupiterRun run, Subject subject, StatedRules stated) {
        RulesKey key = new RulesKey(
                context.getRequiredTestClass(), context.getTestMethod().orElse(null), stated);
        Rules found = run.run().rules(key, subject, () -> stated.of(context));
        // Where no class is checked nobody would clear caches that a test has left warm, or judge what is in them.
        return context.getTestMethod().isEmpty() || isEnclosed(context) ? found : found.clearingAfterEach();
    }

    /** Returns whether a class is checked that encloses a test or class. */
    static boolean isEnclosed(ExtensionContext context) {
        return context.getParent().stream()
                .flatMap(around ->
                        ContextStore.findAround(around, type -> CLASS + type.getUniqueId(), StoredCheck.class))
                .findAny()
                .isPresent();
    }

    /** Takes what is configured in code where the annotation, which came first, stands beside it. */
    void adopt(StatedRules stated) {
        if (state instanceof State.Working<C> working
                && stated.isConfiguredInCode()
                && !working.stated().isConfiguredInCode()) {
            C check = working.check();
            check.judgeBy(rules(working.run(), check.subject(), stated));
            state = new State.Working<>(working.run(), check, stated);
        }
    }

    /** Returns the check, if it works; throws what keeps it from working. */
    Optional<C> require() {
        if (state instanceof State.Refused<C> refused) {
            throw refused.why();
        }
        return check();
    }

    /** Returns the check, if it works. */
    Optional<C> check() {
        return state instanceof State.Working<C> working ? Optional.of(working.check()) : Optional.empty();
    }

    @Override
    public void close() {
        if (state instanceof State.Working<C> working) {
            TestResult outcome = outcome();
            if (outcome == TestResult.FAILED && working.check() instanceof TestCheck test) {
                context.getExecutionException()
                        .ifPresent(failure ->
                                test.noteOnHolders().map(HeldMemory::new).ifPresent(failure::addSuppressed));
            }
            delivery.carryOut(working.run(), Optional.of(context), end(working, outcome));
        }
    }

    /** A size that nobody could ask for at the start is refused here; JUnit wraps what is no error. */
    private List<Ruling> end(State.Working<C> working, TestResult outcome) {
        try {
            return working.check().end(outcome, () -> known(working.run(), context));
        } catch (SettingException refused) {
            throw new AssertionFailedError(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** Returns what a test or class knows that can be cleared. */
    static Clearables known(JupiterRun run, ExtensionContext context) {
        List<NamedCache> passing = context.getTestMethod().isPresent() ? AddedCaches.ofAlone(context) : List.of();
        return run.run().knowing(run.devices().find(context), AddedCaches.of(context), passing);
    }

    private TestResult outcome() {
        return context.getExecutionException()
                .map(failure -> failure instanceof TestAbortedException ? TestResult.ABORTED : TestResult.FAILED)
                .orElse(TestResult.PASSED);
    }
}
