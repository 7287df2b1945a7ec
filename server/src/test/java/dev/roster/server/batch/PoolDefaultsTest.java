package dev.roster.server.batch;

import static dev.roster.server.batch.BatchErrorAssert.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new pool shows that its creator did not say. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class PoolDefaultsTest {

  private static final String WINDOWS =
      """
      "virtualMachineConfiguration": {"nodeAgentSKUId": "batch.node.windows amd64",
        "imageReference": {"publisher": "a", "offer": "b", "sku": "c"}}
      """;
  private static final String LINUX =
      """
      "virtualMachineConfiguration": {"nodeAgentSKUId": "batch.node.ubuntu 24.04",
        "imageReference": {"publisher": "a", "offer": "b", "sku": "c"},
        "dataDisks": [{"lun": 1, "diskSizeGB": 50},
          {"lun": 2, "diskSizeGB": 1, "caching": "readonly", "storageAccountType": "premium_lrs"}]}
      """;
  private static final String CLOUD =
      """
      "cloudServiceConfiguration": {"osFamily": "6"}
      """;

  @Inject BatchWorld world;

  @ParameterizedTest
  @CsvSource({"spread, Spread", "pack, Pack", "Pack, Pack", "SPREAD, Spread"})
  @Covers("batch.add-pool.fill-type")
  void showsTheFillTypeInItsOwnCase(String sent, String shown) {
    JsonNode pool = add(LINUX + ", \"taskSchedulingPolicy\": {\"nodeFillType\": \"" + sent + "\"}");

    assertThat(pool.at("/taskSchedulingPolicy/nodeFillType").asText()).isEqualTo(shown);
  }

  @Test
  @Covers("batch.add-pool.nested-defaults")
  void completesStartTaskGuestSystemAndDisks() throws JsonProcessingException {
    JsonNode cloud = add(CLOUD + ", \"startTask\": {\"commandLine\": \"ls\"}");

    assertThat(cloud.at("/cloudServiceConfiguration/osVersion").asText()).isEqualTo("*");
    assertThat(cloud.get("startTask"))
        .isEqualTo(
            json(
                """
                {"commandLine": "ls", "maxTaskRetryCount": 0, "waitForSuccess": true,
                 "userIdentity": {"autoUser": {"scope": "pool", "elevationLevel": "nonadmin"}}}
                """));
    assertThat(add(LINUX).at("/virtualMachineConfiguration/dataDisks"))
        .isEqualTo(
            json(
                """
                [{"lun": 1, "diskSizeGB": 50, "caching": "none",
                  "storageAccountType": "standard_lrs"},
                 {"lun": 2, "diskSizeGB": 1, "caching": "readonly",
                  "storageAccountType": "premium_lrs"}]
                """));
  }

  @Test
  @Covers("batch.add-pool.nested-defaults")
  void keepsAStartTaskThatIsComplete() throws JsonProcessingException {
    String task =
        """
        {"commandLine": "ls", "maxTaskRetryCount": 3, "waitForSuccess": false,
         "userIdentity": {"username": "bob"}}
        """;

    assertThat(add(LINUX + ", \"startTask\": " + task).get("startTask")).isEqualTo(json(task));
  }

  @Test
  @Covers("batch.add-pool.user-accounts")
  void completesUserAccounts() throws JsonProcessingException {
    String accounts = ", \"userAccounts\": [{\"name\": \"a\"}]";

    assertThat(add(CLOUD + accounts).at("/userAccounts/0"))
        .isEqualTo(account("\"windowsUserConfiguration\": {\"loginMode\": \"interactive\"}"));
    assertThat(add(WINDOWS + accounts).at("/userAccounts/0"))
        .isEqualTo(account("\"windowsUserConfiguration\": {\"loginMode\": \"batch\"}"));
    assertThat(add(LINUX + accounts).get("userAccounts"))
        .isEqualTo(json("[{\"name\": \"a\", \"elevationLevel\": \"nonadmin\"}]"));
  }

  @Test
  @Covers("batch.add-pool.user-accounts")
  void keepsUserAccountsThatAreComplete() throws JsonProcessingException {
    String accounts =
        """
        [{"name": "a", "elevationLevel": "admin",
          "windowsUserConfiguration": {"loginMode": "interactive"}}]
        """;

    assertThat(add(WINDOWS + ", \"userAccounts\": " + accounts).get("userAccounts"))
        .isEqualTo(json(accounts));
  }

  @Test
  @Covers("batch.add-pool.user-account-system")
  void refusesUserAccountsOfTheOtherOperatingSystem() {
    refusesAccount(LINUX, "windowsUserConfiguration");
    refusesAccount(WINDOWS, "linuxUserConfiguration");
    refusesAccount(CLOUD, "linuxUserConfiguration");
  }

  private void refusesAccount(String configuration, String foreign) {
    String id = world.newPoolId();
    assertError(
        world
            .call("POST", "/pools")
            .json(
                body(
                    id,
                    configuration
                        + ", \"userAccounts\": [{\"name\": \"ok\"}, {\"name\": \"bad\", \""
                        + foreign
                        + "\": {}}]"))
            .send(),
        400,
        "InvalidPropertyValue",
        "PropertyName",
        foreign,
        "Reason",
        "The user configuration for user account 'bad' has a mismatch with the OS (Windows/Linux)"
            + " configuration specified in VirtualMachineConfiguration");
    assertThat(world.call("HEAD", "/pools/" + id).send().status()).isEqualTo(404);
  }

  private JsonNode add(String members) {
    String id = world.newPoolId();
    Answer answer = world.call("POST", "/pools").json(body(id, members)).send();
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return world.call("GET", "/pools/" + id).send().json();
  }

  private static String body(String id, String members) {
    return "{\"id\": \"" + id + "\", \"vmSize\": \"small\", " + members + "}";
  }

  private static JsonNode account(String system) throws JsonProcessingException {
    return json("{\"name\": \"a\", \"elevationLevel\": \"nonadmin\", " + system + "}");
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
