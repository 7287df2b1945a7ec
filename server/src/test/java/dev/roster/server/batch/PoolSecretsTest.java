package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.LogLines;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets of pools, which are dropped before anything is stored. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class PoolSecretsTest {

  private static final String CANARY = "Canary0c9e47a1d3";

  @Inject BatchWorld world;
  @Inject StoredAccounts stored;

  private LogLines log;

  @BeforeEach
  void listen() {
    log = new LogLines();
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  /** A pool with further members. */
  private String pool(String id, String members) {
    String pool = BatchWorld.linuxPool(id, 1).strip();
    return pool.substring(0, pool.length() - 1) + ", " + members.replace("@", CANARY) + "}";
  }

  private Answer add(String body) {
    Answer added = world.call("POST", "/pools").json(body).send();
    assertThat(added.text() + added.headers()).doesNotContain(CANARY);
    return added;
  }

  private void assertNothingKept(String id) {
    for (String target :
        List.of(
            "/pools/" + id,
            "/pools?$filter=id%20eq%20%27" + id + "%27",
            "/pools/" + id + "/nodes")) {
      Answer shown = world.call("GET", target).send();
      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.text()).doesNotContain(CANARY);
    }
    assertThat(log.lines())
        .as("entities have been logged")
        .anyMatch(line -> line.startsWith("org.hibernate.") && line.contains(id))
        .noneMatch(line -> line.contains(CANARY));
    assertThat(stored.everything())
        .anyMatch(row -> row.contains(id))
        .noneMatch(row -> row.contains(CANARY));
  }

  @Test
  @Covers({"batch.add-pool.secrets-dropped", "batch.common.password-secret"})
  void markedSecretsAreDroppedAndTheirNeighboursKept() {
    String id = world.newPoolId();
    String members =
        """
        "userAccounts": [
          {"name": "u", "password": "@1", "elevationLevel": "admin"},
          {"name": "v", "password": null,
           "linuxUserConfiguration": {"uid": 5, "sshPrivateKey": "-----BEGIN @2"}}],
        "mountConfiguration": [
          {"azureBlobFileSystemConfiguration": {"accountName": "a", "accountKey": "@3", "sasKey": "@4"}},
          {"azureFileShareConfiguration": {"accountName": "b", "accountKey": "@5"}},
          {"cifsMountConfiguration": {"username": "c", "password": "@6"}}],
        "startTask": {"commandLine": "ls", "containerSettings":
          {"imageName": "i", "registry": {"username": "r", "password": "@7"}}}
        """;
    String configuration =
        """
        "containerConfiguration": {"type": "dockerCompatible",
          "containerRegistries": [{"username": "s", "password": "@8", "registryServer": "h"}]},
        "extensions": [{"name": "x", "settings": {"y": 1}, "protectedSettings": {"z": ["@9"]}}],
        """;

    String body =
        pool(id, members)
            .replace(
                "\"nodeAgentSKUId\"", configuration.replace("@", CANARY) + "\"nodeAgentSKUId\"");
    assertThat(add(body).status()).isEqualTo(201);

    Answer shown = world.call("GET", "/pools/" + id).send();
    assertThat(shown.json().get("userAccounts").toString())
        .isEqualTo(
            "[{\"name\":\"u\",\"elevationLevel\":\"admin\"},"
                + "{\"name\":\"v\",\"linuxUserConfiguration\":{\"uid\":5},"
                + "\"elevationLevel\":\"nonadmin\"}]");
    assertThat(shown.json().get("mountConfiguration").toString())
        .isEqualTo(
            "[{\"azureBlobFileSystemConfiguration\":{\"accountName\":\"a\"}},"
                + "{\"azureFileShareConfiguration\":{\"accountName\":\"b\"}},"
                + "{\"cifsMountConfiguration\":{\"username\":\"c\"}}]");
    assertThat(shown.json().at("/startTask/commandLine").asText()).isEqualTo("ls");
    assertThat(shown.json().at("/startTask/containerSettings").toString())
        .isEqualTo("{\"imageName\":\"i\",\"registry\":{\"username\":\"r\"}}");
    assertThat(shown.json().at("/virtualMachineConfiguration/containerConfiguration").toString())
        .isEqualTo(
            "{\"type\":\"dockerCompatible\","
                + "\"containerRegistries\":[{\"username\":\"s\",\"registryServer\":\"h\"}]}");
    assertThat(shown.json().at("/virtualMachineConfiguration/extensions").toString())
        .isEqualTo("[{\"name\":\"x\",\"settings\":{\"y\":1}}]");
    assertNothingKept(id);
  }

  @Test
  @Covers("batch.add-pool.unlisted-secrets-dropped")
  void unlistedMembersWithNamesOfSecretsAreDropped() {
    String id = world.newPoolId();
    String members =
        """
        "password": "@", "PassWord": "@", "adminPassword": ["@"], "x": [[{"SASKEY": "@", "kept": 1}]],
        "newMount": {"storageAccountKey": {"@": "@"}, "sasToken": "@", "clientSecret": "@",
          "connectionString": "@", "privateKey": "@", "accessKey": "@", "passphrase": "@",
          "passwordPolicy": "kept", "protectedSettingsFromKeyVault": {"secretUrl": "kept"}},
        "cloudTokens": "kept"
        """;

    assertThat(add(pool(id, members)).status()).isEqualTo(201);

    Answer shown = world.call("GET", "/pools/" + id).send();
    assertThat(shown.json().has("password") || shown.json().has("PassWord")).isFalse();
    assertThat(shown.json().get("x").toString()).isEqualTo("[[{\"kept\":1}]]");
    assertThat(shown.json().get("newMount").toString())
        .isEqualTo(
            "{\"passwordPolicy\":\"kept\",\"protectedSettingsFromKeyVault\":{\"secretUrl\":\"kept\"}}");
    assertThat(shown.json().get("cloudTokens").asText()).isEqualTo("kept");
    assertNothingKept(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"userAccounts\": {\"password\": \"@\"}",
        "\"userAccounts\": [\"@\"]",
        "\"userAccounts\": [{\"password\": [\"@\"]}]",
        "\"userAccounts\": [{\"linuxUserConfiguration\": \"@\"}]",
        "\"mountConfiguration\": \"@\"",
        "\"mountConfiguration\": [{\"cifsMountConfiguration\": {\"password\": {\"@\": 1}}}]",
        "\"startTask\": \"@\"",
        "\"startTask\": {\"containerSettings\": {\"registry\": \"@\"}}",
        "\"virtualMachineConfiguration\": {\"extensions\": [{\"protectedSettings\": \"@\"}]}"
      })
  @Covers({"batch.common.body-wrong-type", "batch.add-pool.secrets-dropped"})
  void secretsOfAnotherTypeAreRefusedWithoutBeingRepeated(String members) {
    assertThat(Refusal.of(add(pool(world.newPoolId(), members))))
        .isEqualTo(Refusal.of(400, "InvalidRequestBody"));
    assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(CANARY));
  }
}
