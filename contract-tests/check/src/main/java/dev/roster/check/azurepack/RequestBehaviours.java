package dev.roster.check.azurepack;

import static dev.roster.check.azurepack.PackService.INVALID_TOKENS;
import static dev.roster.check.azurepack.PackService.PRINCIPAL;
import static dev.roster.check.azurepack.PackService.USERS;
import static dev.roster.check.azurepack.PackService.assertError;
import static dev.roster.check.azurepack.PackService.body;
import static dev.roster.check.azurepack.PackService.newUserName;
import static dev.roster.check.azurepack.PackService.object;
import static dev.roster.check.azurepack.PackService.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.w3c.dom.Element;

class RequestBehaviours {

  @RegisterExtension final PackService pack = new PackService();

  @Test
  @Covers("pack.common.principal-id")
  void principalMayBeMissing() {
    String name = pack.newUser();

    assertThat(pack.request("GET", user(name)).without(PRINCIPAL).send().status()).isEqualTo(200);
    assertThat(pack.request("PUT", user(name)).without(PRINCIPAL).json(body(name)).send().status())
        .isEqualTo(200);
  }

  @Test
  @Covers("pack.common.headers-opaque")
  void headersOfTheCallerMayHoldAnyText() {
    String name = pack.newUser();

    for (String text :
        List.of(
            "2028eab5-37c8-4e7a-84a9-558e7e33b3df-2013-06-27 21:32:23Z",
            "PC\\Administrator",
            "aaa%40bbb.com")) {
      for (String header :
          List.of(
              PRINCIPAL,
              "x-ms-principal-liveid",
              "x-ms-client-session-id",
              "x-ms-client-request-id")) {
        assertThat(pack.request("GET", user(name)).header(header, text).send().status())
            .as("status with " + header + ": " + text)
            .isEqualTo(200);
      }
    }
  }

  @Test
  @Covers("pack.common.error-body")
  void errorInJsonHasCodeMessageAndDetails() {
    Answer answer = pack.request("GET", user(newUserName())).send();

    JsonNode error = assertError(answer, 404);
    assertThat(error.get("Details").isNull()).isTrue();
    assertThat(answer.header("Content-Type").orElse("none")).startsWith("application/json");
  }

  @Test
  @Covers("pack.common.error-body")
  void errorInXmlHasCodeMessageAndDetails() {
    Answer answer = pack.requestForXml("GET", user(newUserName())).send();

    assertThat(answer.status()).isEqualTo(404);
    Element error = PackXml.root(answer, "Error");
    assertThat(PackXml.names(error)).containsExactlyInAnyOrder("Code", "Message", "Details");
    assertThat(PackXml.text(error, "Code")).isNotBlank();
    assertThat(PackXml.text(error, "Message")).isNotBlank();
  }

  @Test
  @Covers("pack.common.paths-lenient")
  void keywordsAreFoundInAnyCaseAndASlashIsPassedOver() {
    String name = pack.newUser();

    for (String path : List.of("/Users", "/USERS", "/users/")) {
      assertThat(pack.request("GET", path + "?take=1").send().status())
          .as("status of " + path)
          .isEqualTo(200);
    }
    for (String path : List.of(user(name).replace("users", "Users"), user(name) + "/")) {
      Answer answer = pack.request("GET", path).send();
      assertThat(answer.status()).as("status of " + path).isEqualTo(200);
      assertThat(answer.json().get("Name").asText()).isEqualTo(name);
    }
  }

  @Test
  @Covers("pack.common.query-unknown")
  void unknownParametersArePassedOverAndKnownOnesFoundInAnyCase() {
    String name = pack.newUser();

    assertThat(pack.request("GET", user(name) + "?nothing=1").send().status()).isEqualTo(200);
    assertThat(PackService.names(pack.request("GET", USERS + "?Take=1&nothing=1").send()))
        .hasSize(1);
  }

  @Test
  @Covers("pack.common.content-type")
  void bodyIsReadAsItsTypeSays() {
    for (String type :
        List.of(
            "application/json",
            "text/json",
            "application/json; charset=utf-8",
            "text/json; charset=utf-8")) {
      String name = newUserName();
      Answer created =
          pack.create(
              name, pack.request("POST", USERS).header("Content-Type", type).body(body(name)));
      assertThat(created.status()).as("status with " + type).isEqualTo(201);
    }
    for (String type : List.of("application/xml", "text/xml", "application/xml; charset=utf-8")) {
      String name = newUserName();
      Answer created =
          pack.create(
              name,
              pack.request("POST", USERS).header("Content-Type", type).body(PackXml.user(name)));
      assertThat(created.status()).as("status with " + type).isEqualTo(201);
      assertThat(created.json().get("Name").asText()).isEqualTo(name);
    }
  }

  @Test
  @Covers("pack.common.content-type")
  void bodyWithoutATypeIsJson() {
    String name = newUserName();

    Answer created = pack.create(name, pack.request("POST", USERS).body(body(name)));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("Name").asText()).isEqualTo(name);
  }

  @Test
  @Covers("pack.common.content-type")
  void otherTypesAreNotSupported() {
    String name = newUserName();

    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      Answer answer =
          pack.create(
              name, pack.request("POST", USERS).header("Content-Type", type).body(body(name)));
      assertThat(answer.status()).as("status with " + type).isEqualTo(415);
    }
    pack.assertUnknown(name);
  }

  @Test
  @Covers("pack.common.body-malformed")
  void bodyThatCannotBeReadIsRefused() {
    String name = pack.newUser();
    JsonNode before = pack.read(name);
    String other = newUserName();

    for (String body :
        List.of(
            "",
            "{",
            "[]",
            "\"text\"",
            object("Name", other, "Email", List.of()),
            object("Name", other, "Email", other, "State", "no state"))) {
      assertError(pack.create(other, body), 400);
      assertError(pack.update(name, body), 400);
    }
    pack.assertUnknown(other);
    assertThat(pack.read(name)).isEqualTo(before);
  }

  @Test
  @Covers("pack.common.body-malformed")
  void xmlThatIsNoUserIsRefused() {
    String name = newUserName();
    String user = PackXml.user(name);

    for (String body :
        List.of(
            user.substring(0, user.length() - 1),
            user.replace("User", "Group"),
            user.replace(PackXml.NAMESPACE, "http://schemas.example.com/other"))) {
      Answer answer =
          pack.create(
              name,
              pack.requestForXml("POST", USERS)
                  .header("Content-Type", "application/xml")
                  .body(body));
      assertThat(answer.status()).as("status for " + body).isEqualTo(400);
      PackXml.root(answer, "Error");
    }
  }

  @Test
  @Covers("pack.common.unknown-members")
  void whatNobodyKnowsIsPassedOver() {
    String json = newUserName();
    String xml = newUserName();

    Answer fromJson =
        pack.create(
            json, object("Name", json, "Email", json, "State", 1, "Nothing", List.of("at all")));
    Answer fromXml =
        pack.create(
            xml,
            pack.request("POST", USERS)
                .header("Content-Type", "application/xml")
                .body(PackXml.user(xml).replace("</User>", "<Nothing>at all</Nothing></User>")));

    assertThat(fromJson.status()).isEqualTo(201);
    assertThat(PackService.members(fromJson.json())).isEqualTo(PackService.USER_MEMBERS);
    assertThat(fromXml.status()).isEqualTo(201);
  }

  @Test
  @Covers("pack.common.names")
  void userIsFoundByItsNameInAnyCase() {
    String name = pack.newUser("Check." + newUserName());

    for (String path :
        List.of(
            user(name),
            USERS + "/" + name,
            user(name.toUpperCase(Locale.ROOT)),
            USERS + "/" + name.toLowerCase(Locale.ROOT))) {
      Answer answer = pack.request("GET", path).send();
      assertThat(answer.status()).as("status of " + path).isEqualTo(200);
      assertThat(answer.json().get("Name").asText()).isEqualTo(name);
    }
  }

  @Test
  @Covers("pack.common.names")
  void namesMayHaveBlanksAndPlusSigns() {
    String blank = pack.newUser("check " + newUserName());
    String plus = pack.newUser("check+" + newUserName());

    assertThat(pack.read(blank).get("Name").asText()).isEqualTo(blank);
    Answer raw = pack.request("GET", USERS + "/" + plus).send();
    assertThat(raw.status()).isEqualTo(200);
    assertThat(raw.json().get("Name").asText()).isEqualTo(plus);
    assertThat(pack.read(plus).get("Name").asText()).isEqualTo(plus);
  }

  @Test
  @Covers("pack.common.user-unknown")
  void unknownUserIsNotFound() {
    String name = newUserName();

    assertError(pack.request("GET", user(name)).send(), 404);
    assertError(pack.update(name, body(name)), 404);
    assertError(pack.request("DELETE", user(name)).send(), 404);
  }

  @Test
  @Covers("pack.invalidate-tokens.accepted")
  void tokensOfAnyNameAreInvalidated() {
    for (String name : List.of(pack.newUser(), newUserName())) {
      Answer answer =
          pack.request("POST", INVALID_TOKENS)
              .json(object("Id", 0, "Username", name, "TokenExpiryTime", "2013-06-28T05:15:30"))
              .send();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.bytes()).as("body").isEmpty();
    }
    Answer xml =
        pack.request("POST", INVALID_TOKENS)
            .header("Content-Type", "application/xml")
            .body(
                PackXml.element(
                    "UserToken",
                    "<Id>0</Id><TokenExpiryTime>2013-06-28T05:15:30</TokenExpiryTime><Username>%s</Username>"
                        .formatted(newUserName())))
            .send();
    assertThat(xml.status()).isEqualTo(200);
  }
}
