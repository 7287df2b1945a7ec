package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every answer carries. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ResponseHeadersTest {

  @Inject PackWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  /** One answer of every kind. */
  private List<Answer> answers() {
    String name = newName();
    return List.of(
        world.post(body(name)),
        world.post(body(name)),
        world.get(user(name)),
        world.call("GET", user(name)).header("Accept", "application/xml").send(),
        world.put(name, body(name, 2)),
        world.put(name, "{}"),
        world.put(name, "{"),
        world.put(name, " ".repeat(1024 * 1024 + 1)),
        world.call("PUT", user(name)).header("Content-Type", "text/plain").body("x").send(),
        world.get(USERS + "?take=1"),
        world.delete(name),
        world.delete(name),
        world.get(USERS + "/a/b/c"),
        world.call("PATCH", user(name)).send(),
        world.call("HEAD", user(name)).send(),
        world.call("OPTIONS", USERS).send(),
        world.raw("GET", USERS + "/%zz").send(),
        world.anonymous("GET", USERS).send());
  }

  @Test
  @Covers("pack.common.standard-headers")
  void everyAnswerCarriesTheDateOfTheClock() {
    clock.stop();
    clock.advance(Duration.between(clock.instant(), Instant.parse("2031-02-03T04:05:06Z")));

    for (Answer answer : answers()) {
      assertThat(answer.headers().get("date"))
          .as(answer.text())
          .containsExactly("Mon, 03 Feb 2031 04:05:06 GMT");
    }
  }

  @Test
  @Covers("pack.common.standard-headers")
  void everyBodyComesWithItsTypeAndLength() {
    List<Answer> bodies = answers().stream().filter(answer -> answer.bytes().length > 0).toList();

    assertThat(bodies).hasSizeGreaterThan(14);
    for (Answer answer : bodies) {
      assertThat(answer.header("Content-Type").orElseThrow())
          .isIn("application/json; charset=utf-8", "application/xml; charset=utf-8");
      assertThat(answer.headers().get("content-length"))
          .as(answer.text())
          .containsExactly(String.valueOf(answer.bytes().length));
    }
  }
}
