package consumer;

import io.github.ttmemorycheck.DeviceMemoryCheck;
import org.junit.Assert;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestWatcher;
import org.junit.runner.Description;

public class Junit4Test {

    private final Device device = Shared.DEVICE;

    @Rule
    public final TestWatcher memory = new TestWatcher() {

        private DeviceMemoryCheck check;

        @Override
        protected void starting(Description test) {
            check = DeviceMemoryCheck.begin(test.getTestClass(), test.getMethodName(), device);
        }

        @Override
        protected void failed(Throwable failure, Description test) {
            check.failed();
        }

        @Override
        protected void finished(Description test) {
            check.close();
        }
    };

    @Test
    public void isClean() {
        device.free(device.allocate(4096));
    }

    @Test
    public void leaks() {
        device.allocate(4096);
    }

    @Test
    public void leaksAndFails() {
        device.allocate(8192);
        Assert.fail("by itself");
    }
}
