package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertInvalid;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class CreatedTimeTest {

  @Inject PackWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "1, ''",
    "2, .003",
    "5, .007",
    "9, .01",
    "100, .1",
    "390, .39",
    "500, .5",
    "787, .787",
    "788, .787",
    "995, .997"
  })
  @Covers("pack.common.created-time")
  void timeHasTheFractionThatADatetimeKeeps(int millis, String fraction) {
    String name = newName();
    Instant second = clock.stop();
    clock.advance(Duration.ofMillis(millis));

    Answer answer = world.post(body(name));

    String time = second.toString().replace("Z", "") + fraction;
    assertThat(answer.json().get("CreatedTime").asText()).isEqualTo(time);
    for (Answer later :
        List.of(world.get(user(name)), world.put(name, body(name, 2)), world.get(user(name)))) {
      assertThat(later.json().get("CreatedTime").asText()).isEqualTo(time);
    }
    assertThat(world.call("GET", user(name)).header("Accept", "application/xml").send().text())
        .contains("<CreatedTime>" + time + "</CreatedTime>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00",
        "2013-06-27T21:15:30.787Z",
        "2013-06-27T21:15:30.787",
        "2013-06-27T21:15:30.1234567Z",
        "2013-06-27T23:15:30+02:00",
        "2013-06-27T21:15:30.7-11:30",
        "9999-12-31T23:59:59.9999999",
        "2013-06-27T21:15:30.12345678",
        "2013-06-27T21:15:30.123456789Z",
        "2013-06-27T21:15:30.1234567890+02:00"
      })
  @Covers("pack.common.created-time-input")
  void timeMayHaveAZoneOrNone(String time) {
    String name = newName();
    Instant now = clock.stop();
    String body =
        "{\"Name\": \"%1$s\", \"Email\": \"%1$s\", \"CreatedTime\": \"%2$s\"}"
            .formatted(name, time);

    Answer created = world.post(body);
    Answer updated = world.put(name, body);

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    for (Answer answer : List.of(created, updated)) {
      assertThat(answer.json().get("CreatedTime").asText() + "Z").isEqualTo(now.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"yesterday\"",
        "\"2013-06-27 21:15:30\"",
        "\"2013-13-27T21:15:30\"",
        "\"2013-02-29T21:15:30\"",
        "\"2013-06-27T25:15:30\"",
        "\"2013-06-27T21:15:30+25:00\"",
        "\"10000-01-01T00:00:00\"",
        "\"9999-12-31T23:59:59.99999995\"",
        "\"+10000-01-01T00:00:00\"",
        "\"0000-12-31T00:00:00\"",
        "20130627",
        "true",
        "null",
        "{}"
      })
  @Covers("pack.common.created-time-input")
  void anythingElseIsNoTime(String json) {
    String name = newName();
    String body =
        "{\"Name\": \"%1$s\", \"Email\": \"new@example.test\", \"CreatedTime\": %2$s}"
            .formatted(name, json);

    assertInvalid(world.post(body), "CreatedTime", "CreatedTime has to be a time.");
    assertThat(stored.of(name)).isEmpty();

    world.newUser(name);
    List<String> row = stored.of(name);
    assertInvalid(world.put(name, body), "CreatedTime", "CreatedTime has to be a time.");
    assertThat(stored.of(name)).isEqualTo(row);
  }
}
