package io.github.ttmemorycheck.samples;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a sample shows, in a few words. {@link CheckedSamples} logs it when the sample has run. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Shows {

    String value();
}
