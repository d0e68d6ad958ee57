/** A binding: its device class implements TtDevice. */
module consumer {
    requires transitive io.github.ttmemorycheck;

    exports consumer;
}
