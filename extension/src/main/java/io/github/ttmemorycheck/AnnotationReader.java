package io.github.ttmemorycheck;

import io.github.ttmemorycheck.internal.check.Stated;
import io.github.ttmemorycheck.internal.jupiter.StatedRules;
import io.github.ttmemorycheck.internal.leak.BaselineLevel;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Reads all annotations that are in force for a test or class, beside what code states.
 *
 * @param code what code states
 */
record AnnotationReader(StatedInCode code) implements StatedRules {

    @Override
    public boolean isConfiguredInCode() {
        return !code.equals(StatedInCode.NOTHING);
    }

    @Override
    public Stated of(ExtensionContext context) {
        List<BaselineLevel> onClasses = new ArrayList<>(BaselineReader.onClasses(context));
        code.baseline().ifPresent(onClasses::add);
        return new Stated(
                AttributesReader.of(context, code),
                context.getTestMethod().map(BaselineReader::on).orElse(List.of()),
                onClasses,
                BaselineReader.among(onClasses, context.getRequiredTestClass()),
                WaiverReader.of(context),
                WaiverReader.onMethod(context),
                WaiverReader.on(context.getRequiredTestClass()));
    }

    @Override
    public void checkMethods(Class<?> type) {
        for (Method method : ReflectionSupport.findMethods(type, any -> true, HierarchyTraversalMode.TOP_DOWN)) {
            AttributesReader.check(method);
            BaselineReader.on(method);
            WaiverReader.check(method);
        }
    }
}
