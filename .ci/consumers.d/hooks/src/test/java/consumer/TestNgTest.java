package consumer;

import io.github.ttmemorycheck.DeviceMemoryCheck;
import java.lang.reflect.Method;
import org.testng.ITestResult;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

public class TestNgTest {

    private final Device device = Shared.DEVICE;
    private DeviceMemoryCheck check;

    @BeforeMethod
    public void begin(Method test) {
        check = DeviceMemoryCheck.begin(TestNgTest.class, test.getName(), device);
    }

    @AfterMethod
    public void end(ITestResult result) {
        if (!result.isSuccess()) {
            check.failed();
        }
        check.close();
    }

    @Test
    public void leaks() {
        device.allocate(4096);
    }
}
