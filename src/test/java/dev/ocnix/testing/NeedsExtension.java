package dev.ocnix.testing;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Leaves out what needs an absent tool, or fails it where the tool is required. */
final class NeedsExtension implements ExecutionCondition {
    private static final Namespace NAMESPACE = Namespace.create(NeedsExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getElement().stream()
                .flatMap(NeedsExtension::needs)
                .filter(tool -> tool.find().isEmpty())
                .findFirst()
                .map(tool -> leaveOut(tool, context))
                .orElseGet(() -> ConditionEvaluationResult.enabled("everything is there"));
    }

    private static ConditionEvaluationResult leaveOut(Tool tool, ExtensionContext context) {
        if (tool.isRequired()) {
            throw new ExtensionConfigurationException(tool.absence() + ", and ocnix.require asks for it");
        }
        context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(tool, Notice::new, Notice.class)
                .tests
                .addAndGet(testsOf(context));
        return ConditionEvaluationResult.disabled("ocnix tests: " + tool.absence());
    }

    private static Stream<Tool> needs(AnnotatedElement element) {
        return Stream.concat(
                        Stream.of(element.getAnnotations())
                                .flatMap(annotation -> Stream.ofNullable(
                                        annotation.annotationType().getAnnotation(Needs.class))),
                        Stream.ofNullable(element.getAnnotation(Needs.class)))
                .flatMap(needs -> Arrays.stream(needs.value()))
                .distinct();
    }

    private static int testsOf(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return 1;
        }
        return context.getTestClass()
                .map(type -> AnnotationSupport.findAnnotatedMethods(
                                type, Testable.class, HierarchyTraversalMode.TOP_DOWN)
                        .size())
                .orElse(0);
    }

    /** Says once, when the run ends, what was not tried for want of one tool. */
    private static final class Notice implements AutoCloseable {
        private final Tool tool;
        private final AtomicInteger tests = new AtomicInteger();

        Notice(Tool tool) {
            this.tool = tool;
        }

        @Override
        public void close() {
            System.out.println(tool.notice(tests.get()));
        }
    }
}
