package consumer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Makes the device a bean. */
public class Devices {

    @Produces
    @ApplicationScoped
    Device device() {
        return new Device();
    }
}
