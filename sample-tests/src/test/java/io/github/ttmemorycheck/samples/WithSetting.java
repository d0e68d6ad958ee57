package io.github.ttmemorycheck.samples;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting that a sample needs to show what it shows. {@link SampleRun} gives it to JUnit's test kit; elsewhere it
 * says what to give with {@code -D}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(WithSetting.Container.class)
@interface WithSetting {

    String key();

    String value();

    /** Holds several settings. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Container {

        WithSetting[] value();
    }
}
