package dev.roster.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rules of the contracts that a test proves.
 *
 * <p>A rule that no passing test names fails the build, and so does a name that no contract has.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Covers {

  /** Rule ids, such as {@code batch.update-user.omitted-expiry-resets}. */
  String[] value();
}
