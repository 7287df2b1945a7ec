package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.StrictMode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The strict mode is about bearer tokens, of which the array has none. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@WithTestResource(StrictMode.class)
class StrictModeTest {

  @Inject NimbleWorld world;

  @Test
  @Covers("nimble.common.session-required")
  void sessionsAreTheArraysOwn() {
    TestUser user = world.newUser();
    TestSession session = world.logIn(user);

    assertThat(world.call(session, "GET", user.path()).send().status()).isEqualTo(200);
    assertError(world.anonymous("GET", user.path()).send(), 401, "SM_auth");
  }
}
