package consumer;

import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;
import io.cucumber.java.en.When;
import io.github.ttmemorycheck.DeviceMemoryCheck;

public class Steps {

    private final Device device = Shared.DEVICE;
    private DeviceMemoryCheck check;

    @Before
    public void begin(Scenario scenario) {
        check = DeviceMemoryCheck.begin(Steps.class, scenario.getName(), device);
    }

    @After
    public void end(Scenario scenario) {
        if (scenario.isFailed()) {
            check.failed();
        }
        check.close();
    }

    @When("a tensor of {int} bytes is made")
    public void make(int bytes) {
        device.allocate(bytes);
    }

    @When("a tensor of {int} bytes is made and deallocated")
    public void makeAndDeallocate(int bytes) {
        device.free(device.allocate(bytes));
    }
}
