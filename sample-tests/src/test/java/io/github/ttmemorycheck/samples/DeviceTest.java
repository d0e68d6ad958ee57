package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.MemoryBaseline;
import io.github.ttmemorycheck.TtMemoryCheck;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A test on a device, checked, with the circular buffers that every test of the project leaves. */
// tag::annotation[]
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@TtMemoryCheck
@MemoryBaseline(device = 0, l1 = "12KiB")
@interface DeviceTest {}
// end::annotation[]
