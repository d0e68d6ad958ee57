package io.github.ttmemorycheck;

import static org.apiguardian.api.API.Status.STABLE;

import io.github.ttmemorycheck.internal.check.CheckAttributes;
import io.github.ttmemorycheck.internal.jupiter.CheckHooks;
import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import io.github.ttmemorycheck.internal.leak.BaselineScope;
import io.github.ttmemorycheck.internal.leak.BaselineStatement;
import io.github.ttmemorycheck.snapshot.ByteSize;
import io.github.ttmemorycheck.snapshot.MemoryKind;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * The extension behind {@link TtMemoryCheck}, for registration in code:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TtMemoryCheckExtension MEMORY =
 *         TtMemoryCheckExtension.builder().baseline(0, MemoryKind.L1, "12KiB").build();
 * }</pre>
 *
 * <p>Only annotations can lock a resource. Where tests run in parallel, put
 * {@code @ResourceLock(TtMemoryCheck.DEVICE_MEMORY)} on a class that registers the extension in code.
 *
 * <p>It opens a check for each class and each test as early as JUnit lets it, and the check judges when JUnit closes
 * it, which is after everything else that JUnit closes. Where each step hangs, since a later or earlier hook would
 * blame the wrong test:
 *
 * <ul>
 *   <li>A class is marked when its condition is evaluated: nothing else of the class has run by then, and what other
 *       extensions keep in the store for the class is closed before the check. The condition never disables anything.
 *   <li>A test is marked before its instance is made, or, where instances live as long as their class, when the test's
 *       condition is evaluated.
 * <li>The program cache is cleared right after the test method, when {@code @AfterEach} has not closed the device yet.
 * <li>Caches that stay warm are cleared before the first {@code @AfterAll} method, which may close the device.
 * <li>The verdict is spoken when the store is closed. It is an error, not an exception, since JUnit passes errors from
 *       there on as they are.
 * </ul>
 *
 * <p>Immutable and thread-safe: everything is kept in the store of the context it belongs to.
 */
@API(status = STABLE, since = "0.1")
public final class TtMemoryCheckExtension
        implements ExecutionCondition,
                BeforeAllCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                InvocationInterceptor,
                AfterAllCallback,
                ParameterResolver,
                TestWatcher {

    private final CheckHooks hooks;

    /** Makes the extension as annotations configure it; JUnit does so for {@link TtMemoryCheck}. */
    public TtMemoryCheckExtension() {
        this(new AnnotationReader(Optional.empty(), Optional.empty()));
    }

    private TtMemoryCheckExtension(AnnotationReader stated) {
        this.hooks = new CheckHooks(stated, DeviceMemoryLeakError::new);
    }

    /**
     * Starts to configure the extension in code.
     *
     * @return a builder with the defaults of {@link TtMemoryCheck}
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Marks what the condition belongs to; always enabled. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        hooks.conditionEvaluated(context);
        return ConditionEvaluationResult.enabled("device memory is checked");
    }

    /** Fails the class before its first test when the check cannot work as it is configured. */
    @Override
    public void beforeAll(ExtensionContext context) {
        hooks.classBegins(context);
    }

    /** Asks for the test's own context, whose store outlives the instance. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /** Marks a test whose instance is made for it alone. */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context) {
        hooks.instanceIsMade(context);
    }

    /** Notes that the test has begun. */
    @Override
    public void beforeEach(ExtensionContext context) {
        hooks.testBegins(context);
    }

    /** Clears the program caches while the devices are still open. */
    @Override
    public void afterTestExecution(ExtensionContext context) {
        hooks.testMethodEnded(context);
    }

    /** Clears caches that stayed warm before the first {@code @AfterAll} method, which may close the device. */
    @Override
    public void interceptAfterAllMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        hooks.testsAreThrough(context);
        invocation.proceed();
    }

    /** Does so where the class has no such method. */
    @Override
    public void afterAll(ExtensionContext context) {
        hooks.testsAreThrough(context);
    }

    /** Notes that something of the class did not run: what is silent for that is not gone. */
    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        hooks.testDisabled(context);
    }

    /** Supports {@link DeviceMemory}. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DeviceMemory.class;
    }

    /** Gives the {@link DeviceMemory} of the test or class. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new InjectedDeviceMemory(hooks.memory(context));
    }

    /** Configures the extension in code; not thread-safe. Each method refuses at once what is not allowed. */
    public static final class Builder {

        private int[] devices = {};
        private int warmups = 1;
        private String growthTolerance = "0B";
        private Optional<ProgramCacheClearing> clearing = Optional.empty();
        private final List<BaselineStatement> baseline = new ArrayList<>();

        private Builder() {}

        /**
         * Sets the devices to judge.
         *
         * @param numbers logical device numbers; none, the default, for all
         * @return this
         */
        public Builder devices(int... numbers) {
            devices = numbers.clone();
            return this;
        }

        /**
         * Sets how many repetitions of a test at the start may fill caches.
         *
         * @param repetitions 0 or more; 1 by default
         * @return this
         * @throws ExtensionConfigurationException when it is less than 0
         */
        public Builder warmups(int repetitions) {
            warmups = repetitions;
            attributes();
            return this;
        }

        /**
         * Sets how much each repetition may add, per device and kind.
         *
         * @param size a size such as {@code "4KiB"}; {@code "0B"} by default
         * @return this
         * @throws ExtensionConfigurationException when the text is not a size
         */
        public Builder growthTolerance(String size) {
            growthTolerance = Objects.requireNonNull(size, "size");
            attributes();
            return this;
        }

        /**
         * Sets when the program caches are cleared. Where it is not set, the setting {@value
         * TtMemoryCheckSettings#CACHE} decides.
         *
         * @param when after each test, or once for the class
         * @return this
         */
        public Builder clearProgramCache(ProgramCacheClearing when) {
            clearing = Optional.of(when);
            return this;
        }

        /**
         * Allows memory to be left on every device, as {@link MemoryBaseline} on the class does.
         *
         * @param kind the kind of memory
         * @param size a size such as {@code "36KiB"}
         * @return this
         * @throws IllegalArgumentException when the text is not a size
         */
        public Builder baseline(MemoryKind kind, String size) {
            return baseline(MemoryBaseline.ALL, kind, size);
        }

        /**
         * Allows memory to be left on one device, as {@link MemoryBaseline} on the class does.
         *
         * @param device the device's number
         * @param kind the kind of memory
         * @param size a size such as {@code "36KiB"}
         * @return this
         * @throws IllegalArgumentException when the text is not a size
         */
        public Builder baseline(int device, MemoryKind kind, String size) {
            baseline.add(
                    new BaselineStatement(device, kind, ByteSize.parse(size).bytes()));
            return this;
        }

        /**
         * Makes the extension.
         *
         * @return the extension, for a static field with {@code @RegisterExtension}
         * @throws IllegalArgumentException when two baselines give different sizes for the same device and kind
         */
        public TtMemoryCheckExtension build() {
            return new TtMemoryCheckExtension(new AnnotationReader(
                    Optional.of(attributes()),
                    baseline.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new BaselineLevel(
                                    "TtMemoryCheckExtension.builder()", BaselineScope.CLASS, baseline))));
        }

        private CheckAttributes attributes() {
            return AnnotationReader.attributes(
                    devices, warmups, growthTolerance, clearing, "TtMemoryCheckExtension.builder()");
        }
    }
}
