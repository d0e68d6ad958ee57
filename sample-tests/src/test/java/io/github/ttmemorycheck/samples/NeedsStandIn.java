package io.github.ttmemorycheck.samples;

import io.github.ttmemorycheck.samples.binding.StandIn;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a class out, loudly, where there was no C compiler to make the native library that its samples call. The
 * continuous build asks for the library, so it leaves nothing out.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsStandIn.Condition.class)
@interface NeedsStandIn {

    /** Looks for the library when a class begins. */
    final class Condition implements ExecutionCondition {

        private static final Logger LOG = LoggerFactory.getLogger(NeedsStandIn.class);

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Files.exists(StandIn.LIBRARY)) {
                return ConditionEvaluationResult.enabled("the library is there");
            }
            String reason = "there is no " + StandIn.LIBRARY + ", which the build makes where it finds a C compiler;"
                    + " its output says what is missing";
            LOG.warn("LEFT OUT: {}: {}", context.getDisplayName(), reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
