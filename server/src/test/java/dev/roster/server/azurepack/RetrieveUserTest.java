package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class RetrieveUserTest {

  @Inject PackWorld world;
  @Inject PackPorts ports;
  @Inject StoredUsers stored;

  @Test
  @Covers({"pack.retrieve-user.answer", "pack.common.principal-id"})
  void everyoneSeesTheUserAtBothInterfaces() {
    String name = newName();
    Answer created = world.post(body(name, 2));
    assertThat(created.status()).isEqualTo(201);

    for (String port : List.of(PackPorts.ADMIN, PackPorts.TENANT)) {
      Answer answer = ports.call(port, "GET", user(name)).send();

      assertThat(answer.status()).as(port).isEqualTo(200);
      assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
      assertThat(answer.text()).isEqualTo(created.text());
      for (String principal : List.of(name, "somebody@example.test", "PC\\Administrator")) {
        assertThat(
                ports
                    .call(port, "GET", user(name))
                    .header("x-ms-principal-id", principal)
                    .send()
                    .text())
            .isEqualTo(created.text());
      }
    }
  }

  @Test
  @Covers("pack.common.user-unknown")
  void unknownUserIsNotFound() {
    String name = newName();
    int before = stored.count();

    for (Answer answer :
        List.of(world.get(user(name)), world.put(name, body(name)), world.delete(name))) {
      assertError(answer, 404, "ResourceNotFound", "The user '%s' was not found.".formatted(name));
    }

    assertThat(stored.count()).isEqualTo(before);
  }

  /** The blank, the plus and the at sign of a name, as a path has them. */
  @ParameterizedTest
  @ValueSource(strings = {"%20 + @", "%20 %2B %40", "%20 %2b @"})
  @Covers("pack.common.names")
  void nameIsFoundInAnyCaseAndEncoding(String signs) {
    String unique = newName().replace("@example.test", "");
    String name = "Zoë Last+" + unique + "@Example.test";
    List<String> encoded = List.of(signs.split(" "));
    world.newUser(name);

    for (String zoe : List.of("Zo%C3%AB", "zO%c3%ab", "ZO%C3%8B")) {
      String path =
          "/users/%s%sLAST%s%s%sexample.TEST"
              .formatted(
                  zoe,
                  encoded.get(0),
                  encoded.get(1),
                  unique.toUpperCase(Locale.ROOT),
                  encoded.get(2));

      assertThat(world.get(path).json().get("Name").asText()).isEqualTo(name);
      Answer updated =
          world.call("PUT", path, "{\"Email\": \"%s\", \"State\": 2}".formatted(zoe)).send();
      assertThat(updated.status()).as(updated.text()).isEqualTo(200);
      assertThat(updated.json().get("Name").asText()).isEqualTo(name);
      JsonNode read = world.read(name);
      assertThat(read.get("Name").asText()).isEqualTo(name);
      assertThat(read.get("Email").asText()).isEqualTo(zoe);

      assertThat(world.call("DELETE", path).send().status()).isEqualTo(202);
      assertThat(stored.of(name)).isEmpty();
      world.newUser(name);
    }
  }

  @Test
  @Covers("pack.common.names")
  void plusIsNoBlank() {
    String unique = newName();
    world.newUser("a+b" + unique);
    world.newUser("a b" + unique);

    assertThat(world.get("/users/a+b" + unique).json().get("Name").asText())
        .isEqualTo("a+b" + unique);
    assertThat(world.get("/users/a%2Bb" + unique).json().get("Name").asText())
        .isEqualTo("a+b" + unique);
    assertThat(world.get("/users/a%20b" + unique).json().get("Name").asText())
        .isEqualTo("a b" + unique);
  }

  /** These have a meaning of their own in URLs, or in the paths of JAX-RS. */
  @ParameterizedTest
  @ValueSource(strings = {";x=1", "#", ",", "=", "$", "{id}", "!", "'", "..", "~"})
  @Covers("pack.common.names")
  void signsOfUrlsArePartOfTheName(String sign) {
    String name = "a" + sign + newName();
    world.newUser(name);

    assertThat(world.read(name).get("Name").asText()).isEqualTo(name);
    assertThat(world.put(name, body(name, 2)).json().get("Name").asText()).isEqualTo(name);
    assertThat(world.delete(name).status()).isEqualTo(202);
    assertThat(world.get(user(name)).status()).isEqualTo(404);
  }
}
