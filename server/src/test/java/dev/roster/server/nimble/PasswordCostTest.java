package dev.roster.server.nimble;

import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.PasswordHashes;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class PasswordCostTest {

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;

  @Test
  void hashOfAnotherCostIsReplacedByALogInThatSucceeds() {
    TestUser user = world.newUser();
    String former = PasswordHashes.of(NimbleWorld.PASSWORD, 128);
    stored.execute(
        "update nimble_user set password_hash = ? where space = 'default' and serial = ?",
        former,
        StoredUsers.serial(user.id()));

    assertThat(world.tryToLogIn(user.name(), "password-92").status()).isEqualTo(401);
    assertThat(stored.passwordHash(user.id())).isEqualTo(former);
    assertThat(world.tryToLogIn(user.name(), NimbleWorld.PASSWORD).status()).isEqualTo(201);

    String replaced = stored.passwordHash(user.id());
    assertThat(replaced).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(isHashOf(replaced, NimbleWorld.PASSWORD)).isTrue();
    assertThat(world.tryToLogIn(user.name(), NimbleWorld.PASSWORD).status()).isEqualTo(201);
    assertThat(stored.passwordHash(user.id())).isEqualTo(replaced);
  }
}
