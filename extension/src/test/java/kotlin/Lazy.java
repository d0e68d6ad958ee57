package kotlin;

/** NOT Kotlin's own: what its interface of lazy values looks like to Java. */
public interface Lazy<T> {

    T getValue();

    boolean isInitialized();
}
