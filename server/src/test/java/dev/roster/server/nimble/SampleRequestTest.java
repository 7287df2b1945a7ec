package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleWorld.SAMPLE;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The request and the response that the documentation of users: Update prints. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SampleRequestTest {

  private static final String SIXTY_THREE =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";

  /** Of 255 characters. */
  private static final String DESCRIPTION = SIXTY_THREE.repeat(4) + "345";

  @Inject NimbleWorld world;

  @Test
  @Covers("nimble.update-user.sample")
  void theDocumentedRequestAnswersTheDocumentedResponse() {
    Answer before = world.get(USERS + "/" + SAMPLE);
    assertThat(before.status()).isEqualTo(200);

    Answer answer =
        world
            .call(
                world.admin(),
                "PUT",
                USERS + "/" + SAMPLE,
                data("\"description\" : \"%s\"".formatted(DESCRIPTION)))
            .send();

    assertThat(DESCRIPTION).hasSize(255);
    assertThat(answer.status()).isEqualTo(200);
    JsonNode user = answer.json().get("data");
    assertThat(user.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "last_login",
            "disabled",
            "inactivity_timeout",
            "search_name",
            "name",
            "last_modified",
            "logged_in",
            "full_name",
            "description",
            "role_id",
            "creation_time",
            "email_addr",
            "id",
            "role",
            "last_logout");
    assertThat(user.get("description").textValue()).isEqualTo(DESCRIPTION);
    assertThat(user.get("search_name").textValue()).isEqualTo(" (user729060021)");
    assertThat(user.get("name").textValue()).isEqualTo("user729060021");
    assertThat(user.get("role").textValue()).isEqualTo("guest");
    assertThat(user.get("role_id").textValue())
        .isEqualTo("1500000000000004d3000000000000000000000004");
    assertThat(user.get("creation_time").numberValue()).isEqualTo(1426801551);
    assertThat(user.get("disabled").isBoolean()).isTrue();
    assertThat(user.get("logged_in").isBoolean()).isTrue();
    for (String number : new String[] {"last_login", "last_logout", "inactivity_timeout"}) {
      assertThat(user.get(number).isIntegralNumber()).as(number).isTrue();
    }
    assertThat(user.get("last_modified").longValue())
        .isGreaterThan(before.json().at("/data/last_modified").longValue());

    JsonNode stored = world.get(USERS + "/" + SAMPLE).json().get("data");
    assertThat(stored).isEqualTo(user);
    before
        .json()
        .get("data")
        .fields()
        .forEachRemaining(
            member -> {
              if (!member.getKey().equals("description")
                  && !member.getKey().equals("last_modified")) {
                assertThat(stored.get(member.getKey()))
                    .as(member.getKey())
                    .isEqualTo(member.getValue());
              }
            });
  }
}
