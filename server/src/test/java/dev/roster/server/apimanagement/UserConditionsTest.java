package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** If-Match and If-None-Match in every form, on users that are there and on users that are not. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UserConditionsTest {

  private static final String CHANGE = "{\"properties\": {\"lastName\": \"Changed\"}}";

  @Inject ApiManagementWorld world;
  @Inject StoredUsers stored;

  /** The tags of a user that was changed twice, without their quotes. */
  private record Tags(String full, String half, String stale, String staleHalf) {

    /** Puts tags where a header names them. */
    String fill(String header) {
      return header == null
          ? null
          : header
              .replace("<tag>", full)
              .replace("<half>", half)
              .replace("<stale>", stale)
              .replace("<stale half>", staleHalf);
    }
  }

  private Tags addChangedUser(Service service, String id) {
    world.addUser(service, id);
    String path = service.user(id);
    String staleHalf = half(path, "Second");
    String stale = world.tag(path);
    String half = half(path, "Third");
    return new Tags(world.tag(path).replace("\"", ""), half, stale.replace("\"", ""), staleHalf);
  }

  private String half(String path, String note) {
    return world
        .patch(path, "{\"properties\": {\"note\": \"%s\"}}".formatted(note))
        .header("ETag")
        .orElseThrow()
        .replace("\"", "");
  }

  private static String body(String verb, String id) {
    return switch (verb) {
      case "PUT" ->
          """
          {"properties":
            {"email": "%s@example.com", "firstName": "First", "lastName": "Changed"}}
          """
              .formatted(id);
      case "PATCH" -> CHANGE;
      default -> null;
    };
  }

  private Answer send(Service service, String verb, String header, String value, String id) {
    return world.send(verb, service.user(id), body(verb, id), header, value);
  }

  private static void assertRefused(Answer answer, int status) {
    switch (status) {
      case 400 -> assertValidationError(answer, "If-Match", "'If-Match' must not be empty.");
      case 404 -> assertServiceError(answer, 404, "ResourceNotFound", "User not found.");
      default ->
          assertServiceError(
              answer, 412, "PreconditionFailed", "Resource was modified since last retrieval.");
    }
  }

  /** Sends one write to a user of its own and checks the answer and what became of the user. */
  private void assertWrite(
      Service service, String verb, String header, String template, int status) {
    String id = verb.toLowerCase(Locale.ROOT);
    Tags tags = addChangedUser(service, id);
    String tag = world.tag(service.user(id));
    List<String> rows = stored.of(service);

    Answer answer = send(service, verb, header, tags.fill(template), id);

    Answer next = world.get(service.user(id));
    if (status >= 400) {
      assertRefused(answer, status);
      assertThat(stored.of(service)).isEqualTo(rows);
      assertThat(next.header("ETag")).contains(tag);
      assertThat(next.json().at("/properties/lastName").asText()).isEqualTo("Last");
      return;
    }
    assertThat(answer.status()).as(verb + " " + answer.text()).isEqualTo(status);
    if (verb.equals("DELETE")) {
      assertServiceError(next, 404, "ResourceNotFound", "User not found.");
    } else {
      assertThat(next.json().at("/properties/lastName").asText()).isEqualTo("Changed");
      assertThat(next.header("ETag")).isPresent().isNotEqualTo(Optional.of(tag));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "                        | 200 | 400 | 200",
        "``                      | 200 | 400 | 200",
        "*                       | 200 | 200 | 200",
        "\"<tag>\"               | 200 | 200 | 200",
        "\"<half>\"              | 200 | 200 | 200",
        "<tag>                   | 200 | 200 | 200",
        "<half>                  | 200 | 200 | 200",
        "\"x\", \"<tag>\"        | 200 | 200 | 200",
        "\"<half>\",\"x\"        | 200 | 200 | 200",
        "x, <tag>                | 200 | 200 | 200",
        "W/\"<tag>\", \"<half>\" | 200 | 200 | 200",
        "\"<stale>\", *          | 200 | 200 | 200",
        "W/\"<tag>\"             | 412 | 412 | 412",
        "W/<half>                | 412 | 412 | 412",
        "\"x\", W/\"<tag>\"      | 412 | 412 | 412",
        "\"x\", \"y\"            | 412 | 412 | 412",
        "\"<stale>\"             | 412 | 412 | 412",
        "<stale>                 | 412 | 412 | 412",
        "\"<stale half>\"        | 412 | 412 | 412",
        "\"<stale>\",\"<stale half>\" | 412 | 412 | 412",
        "\"*\"                   | 412 | 412 | 412",
        "\"<tag>                 | 412 | 412 | 412",
        "\"<tag> \"              | 412 | 412 | 412",
        "\"\"                    | 412 | 412 | 412",
        "\"                      | 412 | 412 | 412",
        ",                       | 412 | 412 | 412",
        "AAAAAAAAAAA=            | 412 | 412 | 412",
        "garbage                 | 412 | 412 | 412"
      })
  @Covers({
    "apim.common.if-match-empty",
    "apim.common.if-match-unquoted",
    "apim.common.if-match-short",
    "apim.common.precondition-failed",
    "apim.put-user.unconditional",
    "apim.put-user.if-match",
    "apim.update-user.missing-if-match",
    "apim.update-user.if-match-star",
    "apim.update-user.if-match-exact",
    "apim.update-user.stale-tag",
    "apim.delete-user.deleted",
    "apim.delete-user.if-match-absent",
    "apim.delete-user.stale-tag"
  })
  void ifMatchOnAPresentUser(String ifMatch, int put, int patch, int delete) {
    Service service = world.newService();

    assertWrite(service, "PUT", "If-Match", ifMatch, put);
    assertWrite(service, "PATCH", "If-Match", ifMatch, patch);
    assertWrite(service, "DELETE", "If-Match", ifMatch, delete);
  }

  /** The tags are those of another user of the service. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "                      | 201 | 400 | 204",
        "``                    | 201 | 400 | 204",
        "*                     | 412 | 404 | 204",
        "\"<tag>\"             | 412 | 404 | 204",
        "\"<half>\"            | 412 | 404 | 204",
        "<tag>                 | 412 | 404 | 204",
        "W/\"<tag>\"           | 412 | 404 | 204",
        "\"x\", \"<tag>\"      | 412 | 404 | 204",
        "\"<stale>\"           | 412 | 404 | 204",
        "garbage               | 412 | 404 | 204"
      })
  @Covers({
    "apim.common.if-match-empty",
    "apim.put-user.if-match-new",
    "apim.update-user.unknown",
    "apim.update-user.missing-if-match",
    "apim.delete-user.unknown"
  })
  void ifMatchOnAMissingUser(String ifMatch, int put, int patch, int delete) {
    Service service = world.newService();
    Tags tags = addChangedUser(service, "other");
    List<String> rows = stored.of(service);

    assertRefused(send(service, "PATCH", "If-Match", tags.fill(ifMatch), "new"), patch);
    Answer deleted = send(service, "DELETE", "If-Match", tags.fill(ifMatch), "new");
    assertThat(deleted.status()).isEqualTo(delete);
    assertThat(deleted.bytes()).isEmpty();
    assertThat(stored.of(service)).isEqualTo(rows);

    Answer created = send(service, "PUT", "If-Match", tags.fill(ifMatch), "new");
    if (put == 201) {
      assertThat(created.status()).isEqualTo(201);
      assertThat(world.get(service.user("new")).status()).isEqualTo(200);
    } else {
      assertRefused(created, put);
      assertThat(stored.of(service)).isEqualTo(rows);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "                   | 200",
        "``                 | 200",
        "*                  | 412",
        "\"<tag>\"          | 412",
        "\"<half>\"         | 412",
        "<tag>              | 412",
        "W/\"<tag>\"        | 412",
        "\"x\", \"<tag>\"   | 412",
        "\"<stale>\"        | 200",
        "\"<stale half>\"   | 200",
        "\"x\", \"y\"       | 200",
        "\"*\"              | 200",
        "garbage            | 200"
      })
  @Covers({"apim.put-user.if-none-match", "apim.common.precondition-failed"})
  void ifNoneMatchOfAPut(String ifNoneMatch, int present) {
    Service service = world.newService();

    assertWrite(service, "PUT", "If-None-Match", ifNoneMatch, present);

    Tags tags = addChangedUser(service, "other");
    Answer created = send(service, "PUT", "If-None-Match", tags.fill(ifNoneMatch), "new");
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(world.get(service.user("new")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "*           | *           | 412",
        "\"<tag>\"   | *           | 412",
        "\"<tag>\"   | \"<tag>\"   | 412",
        "\"<stale>\" | \"x\"       | 412",
        "\"<tag>\"   | \"<stale>\" | 200",
        "*           | garbage     | 200"
      })
  @Covers({"apim.put-user.if-none-match", "apim.put-user.if-match"})
  void bothConditionsHaveToHold(String ifMatch, String ifNoneMatch, int status) {
    Service service = world.newService();
    Tags tags = addChangedUser(service, "both");
    List<String> rows = stored.of(service);

    Answer answer =
        world.send(
            "PUT",
            service.user("both"),
            body("PUT", "both"),
            "If-Match",
            tags.fill(ifMatch),
            "If-None-Match",
            tags.fill(ifNoneMatch));

    if (status == 200) {
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(stored.of(service)).isNotEqualTo(rows);
    } else {
      assertRefused(answer, status);
      assertThat(stored.of(service)).isEqualTo(rows);
    }
  }

  @Test
  @Covers("apim.common.if-match-short")
  void shortTagEndsWithTheNextChange() {
    Service service = world.newService();
    world.addUser(service, "ann");
    String path = service.user("ann");
    String first = world.patch(path, CHANGE).header("ETag").orElseThrow();

    Answer second =
        world.send("PATCH", path, "{\"properties\": {\"note\": \"2\"}}", "If-Match", first);
    assertThat(second.status()).isEqualTo(200);
    List<String> rows = stored.of(service);
    assertRefused(world.send("PATCH", path, CHANGE, "If-Match", first), 412);
    assertThat(stored.of(service)).isEqualTo(rows);

    String tag = second.header("ETag").orElseThrow();
    assertThat(world.send("PUT", path, body("PUT", "ann"), "If-Match", tag).status())
        .isEqualTo(200);
    assertRefused(world.send("DELETE", path, null, "If-Match", tag), 412);
    assertThat(world.get(path).status()).isEqualTo(200);
  }

  @Test
  @Covers({"apim.common.precondition-failed", "apim.put-user.if-match"})
  void tagOfAnEarlierUserOfTheSameIdIsStale() {
    Service service = world.newService();
    world.addUser(service, "ann");
    String path = service.user("ann");
    String tag = world.tag(path);
    assertThat(world.call("DELETE", path).send().status()).isEqualTo(200);
    world.addUser(service, "ann");
    List<String> rows = stored.of(service);

    assertRefused(world.send("PUT", path, body("PUT", "ann"), "If-Match", tag), 412);
    assertRefused(world.send("PATCH", path, CHANGE, "If-Match", tag), 412);
    assertRefused(world.send("DELETE", path, null, "If-Match", tag), 412);
    assertThat(stored.of(service)).isEqualTo(rows);
  }
}
