package dev.roster.check.replay;

import dev.roster.check.ContractIndex;
import dev.roster.check.ContractIndex.Rule;
import dev.roster.testing.Covers;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/**
 * What one test shows.
 *
 * @param test class and method
 * @param rules those that the test names, in its order; the first one is what it is about
 */
public record Behaviour(String test, List<Rule> rules) {

  /** The behaviour that a test shows, if it is a test of this contract. */
  static Optional<Behaviour> of(Optional<TestSource> source, ContractIndex index) {
    return source
        .filter(MethodSource.class::isInstance)
        .map(method -> of(((MethodSource) method).getJavaMethod(), index));
  }

  private static Behaviour of(Method method, ContractIndex index) {
    String test = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    Covers covers = method.getAnnotation(Covers.class);
    if (covers == null) {
      throw new IllegalStateException(test + " names no rule");
    }
    return new Behaviour(
        test,
        Stream.of(covers.value())
            .map(
                id ->
                    Optional.ofNullable(index.rules().get(id))
                        .orElseThrow(
                            () ->
                                new IllegalStateException(
                                    test + " names the rule " + id + ", which is in no contract")))
            .toList());
  }

  /** The behaviour in words. */
  public String says() {
    return rules.get(0).says();
  }

  /** The rules by name. */
  public List<String> ruleIds() {
    return rules.stream().map(Rule::id).toList();
  }

  /** Whether a text stands in its words, its rules or its test, without regard to case. */
  boolean mentions(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return Stream.concat(
            Stream.of(test), rules.stream().flatMap(rule -> Stream.of(rule.id(), rule.says())))
        .anyMatch(part -> part.toLowerCase(Locale.ROOT).contains(wanted));
  }
}
