package io.github.ttmemorycheck.internal.check;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.runreport.CheckEntry.TestResult;
import io.github.ttmemorycheck.internal.runreport.RunRecorder;
import io.github.ttmemorycheck.internal.settings.Mode;
import io.github.ttmemorycheck.internal.settings.PropertySettings;
import io.github.ttmemorycheck.internal.settings.Settings;
import io.github.ttmemorycheck.internal.settings.SettingsReader;
import io.github.ttmemorycheck.report.Subject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The run of the checks that JUnit Jupiter does not ask for: one for the JVM, begun by the first of them and ended with
 * the JVM. Thread-safe.
 */
public final class OutsideRun {

    private static final Stated NOTHING_STATED =
            new Stated(CheckAttributes.DEFAULTS, List.of(), List.of(), List.of(), List.of());

    private static @Nullable OutsideRun only;

    private final Run run;
    private final Optional<IdleWatch> idle;
    private final AtomicLong checks = new AtomicLong();
    private final AtomicBoolean saidIdle = new AtomicBoolean();

    private OutsideRun(Settings settings) {
        RunRecorder unreported = new RunRecorder(false, InstantSource.system().instant(), settings.inForce());
        run = new Run(settings, Session.notLaunched(), unreported, record -> {});
        idle = isOff() ? Optional.empty() : IdleWatch.ofTestsAlone(run);
    }

    private static synchronized OutsideRun ofJvm() {
        OutsideRun known = only;
        if (known == null) {
            known = new OutsideRun(SettingsReader.read(new PropertySettings()));
            only = known;
            Runtime.getRuntime().addShutdownHook(new Thread(known.run::close, "tt-memory-check-end"));
        }
        return known;
    }

    private boolean isOff() {
        return run.settings().mode() == Mode.OFF;
    }

    /**
     * Begins a check.
     *
     * @throws io.github.ttmemorycheck.internal.settings.SettingException when a setting is not allowed
     */
    public static OutsideCheck begin(String className, String test, List<TtDevice> devices) {
        return ofJvm().check(className, test, devices);
    }

    private OutsideCheck check(String className, String test, List<TtDevice> devices) {
        Subject subject =
                new Subject(Subject.Scope.OUTSIDE, "outside:" + checks.incrementAndGet(), className, test, "", test);
        return new OutsideCheck(this, subject, devices);
    }

    /** What to do about a test that saw nothing, like all before it; a warning is said once. */
    private List<Ruling> idle(Subject subject) {
        return idle.map(watch -> watch.end(subject)).orElse(List.of()).stream()
                .filter(ruling -> ruling.fails() || saidIdle.compareAndSet(false, true))
                .toList();
    }

    /** One check. Used by one thread at a time. */
    public static final class OutsideCheck {

        private final OutsideRun outside;
        private final List<TtDevice> devices;
        private @Nullable TestCheck check;
        private TestResult outcome = TestResult.PASSED;

        private OutsideCheck(OutsideRun outside, Subject subject, List<TtDevice> devices) {
            this.outside = outside;
            this.devices = devices;
            if (!outside.isOff()) {
                Clearables known = known();
                Rules rules = outside.run.rules(
                        List.of(subject.className(), subject.method()), subject, () -> NOTHING_STATED);
                TestCheck begun =
                        new TestCheck(outside.run, subject, rules.clearingAfterEach(), inForce -> Optional.empty());
                begun.knows(known);
                begun.begin();
                check = begun;
            }
        }

        /** Notes that the test failed by itself. */
        public void failed() {
            outcome = TestResult.FAILED;
        }

        /** Judges what is left, and returns what the test fails by; what it does not fail by is logged. */
        public Optional<Ruling> end() {
            TestCheck ending = check;
            check = null;
            if (ending == null) {
                return Optional.empty();
            }
            ending.testMethodEnded(known());
            List<Ruling> rulings = new ArrayList<>(ending.end(outcome, this::known));
            rulings.addAll(outside.idle(ending.subject()));
            for (Ruling ruling : rulings) {
                if (ruling.fails() && outcome == TestResult.PASSED) {
                    return Optional.of(ruling);
                }
                outside.run.log().warn(ruling.message());
            }
            return Optional.empty();
        }

        private Clearables known() {
            return outside.run.knowing(devices, List.of(), List.of());
        }
    }
}
