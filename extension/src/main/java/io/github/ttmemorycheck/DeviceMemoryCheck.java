package io.github.ttmemorycheck;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import io.github.ttmemorycheck.device.TtDevice;
import io.github.ttmemorycheck.internal.check.OutsideRun;
import io.github.ttmemorycheck.internal.check.Ruling;
import io.github.ttmemorycheck.internal.jupiter.LeakErrors;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The check of one test that JUnit Jupiter does not run, where no annotation has an effect: for the hooks of JUnit 4,
 * TestNG and Cucumber, and for programs.
 *
 * <pre>{@code
 * private DeviceMemoryCheck check;
 *
 * @Before
 * public void begin() {
 *     check = DeviceMemoryCheck.begin(DecoderTest.class, name.getMethodName(), mesh);
 * }
 *
 * @After
 * public void end() {
 *     check.close(); // before the device is closed
 * }
 * }</pre>
 *
 * <p>It judges what a test leaves as {@link TtMemoryCheck} does: the program caches of its devices are cleared, garbage
 * is collected where that can change the verdict, and what stays beyond the baseline of the settings fails the test,
 * with the same message. It knows no more than one test: no growth of repetitions, no class as a whole, no {@link
 * MemoryBaseline} and no {@link KnownLeak}, and it is in no report.
 *
 * <p>Settings are those of {@link TtMemoryCheckSettings}, from system properties and {@code junit-platform.properties};
 * they are read at the first check of a JVM. Where nothing at all has been seen since then, that is said as {@value
 * TtMemoryCheckSettings#IDLE} has it: once, or by each check that fails for it.
 *
 * <p>{@code org.opentest4j:opentest4j} has to be on the class path; engines of the JUnit Platform bring it. Checks are
 * to follow one another: what another thread allocates meanwhile counts. One is used by one thread at a time.
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class DeviceMemoryCheck implements AutoCloseable {

    private static final LeakErrors ERRORS = DeviceMemoryLeakError::new;

    private final OutsideRun.OutsideCheck check;

    private DeviceMemoryCheck(OutsideRun.OutsideCheck check) {
        this.check = check;
    }

    /**
     * Marks what is allocated when a test begins.
     *
     * @param tests the class that messages name
     * @param test the test that they name, for example a method or the title of a scenario
     * @param devices the devices of the test: their program caches are cleared when it ends, and those that can tell
     *     are asked what is allocated on them. One that is closed by then is left alone
     * @return the check, to be closed when the test has ended and its devices are still open
     * @throws IllegalArgumentException when a setting is not allowed
     */
    public static DeviceMemoryCheck begin(Class<?> tests, String test, TtDevice... devices) {
        return new DeviceMemoryCheck(OutsideRun.begin(tests.getName(), test, List.of(devices)));
    }

    /**
     * Notes that the test failed by itself. It keeps that failure: what it leaves is logged, and fails nothing; nor is
     * it charged to a later test.
     */
    public void failed() {
        check.failed();
    }

    /**
     * Judges what the test leaves. Doing so twice is harmless.
     *
     * @throws DeviceMemoryLeakError when it is more than is allowed
     * @throws org.opentest4j.AssertionFailedError when what it leaves is not known, unless {@value
     *     TtMemoryCheckSettings#INCONCLUSIVE} is {@code warn}
     */
    @Override
    public void close() {
        Optional<Ruling> failing = check.end();
        if (failing.isPresent()) {
            throw ERRORS.of(failing.get());
        }
    }
}
