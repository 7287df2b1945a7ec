package dev.roster.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.http.RequestContext;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.PasswordHashes;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@ActivateRequestContext
class PasswordsTest {

  /** Of the reference implementation's tests: salt somesalt, two passes over 256 KiB. */
  private static final String OF_PASSWORD =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

  @Inject Passwords passwords;
  @Inject RequestContext context;

  @ParameterizedTest
  @ValueSource(strings = {"", "password-91", "a\u0000b", "p\u00e4ssw\u00f6rd \u20ac", "  "})
  void passwordIsThatOfItsHashAndNoOtherIs(String password) {
    String hash = passwords.hash(password, context);

    assertThat(passwords.verify(password, hash, context)).isTrue();
    assertThat(PasswordHashes.isHashOf(hash, password)).isTrue();
    for (String other : new String[] {password + " ", " " + password, "other", "a"}) {
      assertThat(passwords.verify(other, hash, context)).as(other).isFalse();
    }
  }

  @Test
  void everyHashHasASaltOfItsOwn() {
    assertThat(passwords.hash("password-91", context))
        .isNotEqualTo(passwords.hash("password-91", context))
        .matches("\\$argon2id\\$v=19\\$m=64,t=1,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
  }

  @Test
  void hashOfAnotherCostIsVerifiedAtItsOwn() {
    assertThat(passwords.verify("password", OF_PASSWORD, context)).isTrue();
    assertThat(passwords.verify("Password", OF_PASSWORD, context)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "m=256; m=264",
        "t=2; t=3",
        "c29tZXNhbHQ; c29tZXNhbHU",
        "nf65; nf66",
      })
  void anyOtherCostSaltOrHashIsNoMatch(String part, String other) {
    assertThat(passwords.verify("password", OF_PASSWORD.replace(part, other), context)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$nf65",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"
      })
  void textThatIsNoHashOfTheServersIsRefused(String hash) {
    assertThatThrownBy(() -> passwords.verify("password", hash, context))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not a hash that was made here");
  }
}
