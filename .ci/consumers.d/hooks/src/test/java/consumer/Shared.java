package consumer;

/** The device of all tests. */
class Shared {

    static final Device DEVICE = new Device();

    private Shared() {}
}
