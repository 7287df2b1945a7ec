package dev.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down which rules the passing tests of a run prove.
 *
 * <p>One line a rule and test, separated by a tab, in {@code covered.tsv} of the folder that the
 * system property {@code testing.rule-coverage} names. A test counts only if all its invocations
 * passed.
 */
public final class RuleCoverageListener implements TestExecutionListener {

  private static final String FOLDER = "testing.rule-coverage";

  private final Map<String, Set<String>> rulesByTest = new TreeMap<>();
  private final Set<String> failed = new TreeSet<>();

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Optional<MethodSource> method =
        test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    if (method.isEmpty()) {
      return;
    }
    String name = method.get().getClassName() + "#" + method.get().getMethodName();
    if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
      failed.add(name);
    } else if (test.isTest()) {
      rulesByTest.computeIfAbsent(name, n -> new TreeSet<>()).addAll(rules(method.get()));
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    // A skipped test proves nothing and is not written down.
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan plan) {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    rulesByTest.forEach(
        (test, rules) -> {
          if (!failed.contains(test)) {
            rules.forEach(rule -> lines.append(rule).append('\t').append(test).append('\n'));
          }
        });
    try {
      Files.createDirectories(Path.of(folder));
      Files.writeString(
          Path.of(folder, "covered.tsv"),
          lines,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> rules(MethodSource source) {
    Method method = source.getJavaMethod();
    for (Annotation annotation : method.getAnnotations()) {
      // By name: Quarkus loads test classes, and this annotation with them, once more by itself.
      if (annotation.annotationType().getName().equals(Covers.class.getName())) {
        try {
          return Set.of(
              (String[]) annotation.annotationType().getMethod("value").invoke(annotation));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return Set.of();
  }
}
