/** The tests, in the module of the binding. */
open module consumer {
    requires transitive io.github.ttmemorycheck;
    requires org.junit.jupiter.api;
}
