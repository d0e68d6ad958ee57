package consumer;

import io.cucumber.java.en.Given;

public class Steps {

    @Given("a device")
    public void device() {}
}
