package example;

import dev.roster.client.apimanagement.ApiManagementClient;
import dev.roster.client.apimanagement.ETag;
import dev.roster.client.apimanagement.model.UserCreateParameterProperties;
import dev.roster.client.apimanagement.model.UserCreateParameters;
import dev.roster.client.apimanagement.model.UserState;
import dev.roster.client.apimanagement.model.UserUpdateParameters;
import dev.roster.client.apimanagement.model.UserUpdateParametersProperties;
import dev.roster.client.azurepack.AzurePackClient;
import dev.roster.client.azurepack.model.UserInput;
import dev.roster.client.batch.BatchClient;
import dev.roster.client.batch.model.ComputeNodeUser;
import dev.roster.client.batch.model.NodeUpdateUserParameter;
import dev.roster.client.nimble.NimbleClient;
import dev.roster.client.nimble.model.UserCreate;
import dev.roster.client.nimble.model.UserUpdate;
import java.util.ArrayList;
import java.util.List;

/** Adds, changes and removes an account in four systems. */
public final class Provisioning {

  private final String endpoint;
  private final List<String> done = new ArrayList<>();

  private Provisioning(String endpoint) {
    this.endpoint = endpoint;
  }

  /** Provisions everywhere and tells what was done, a line each. */
  public static List<String> run(String endpoint) {
    Provisioning provisioning = new Provisioning(endpoint);
    provisioning.computeNode();
    provisioning.apiManagement();
    provisioning.array();
    provisioning.pack();
    return provisioning.done;
  }

  private void computeNode() {
    BatchClient batch =
        BatchClient.builder()
            .endpoint(endpoint)
            .sharedKey("devbatch", "Zm9vYmFyYmF6a2V5Zm9vYmFyYmF6a2V5MDEyMzQ1Njc4OWFiY2RlZg==")
            .build();
    String node = "tvm-1695681911_1-20161121t182739z";
    say(
        "batch added",
        batch
            .addUser("poolId", node, new ComputeNodeUser().name("carol").password("12345"))
            .status());
    say(
        "batch changed",
        batch
            .updateUser("poolId", node, "carol", new NodeUpdateUserParameter().password("67890"))
            .status());
    say("batch removed", batch.deleteUser("poolId", node, "carol").status());
  }

  private void apiManagement() {
    ApiManagementClient apim =
        ApiManagementClient.builder()
            .endpoint(endpoint)
            .bearer(() -> "anything")
            .subscriptionId("subid")
            .resourceGroup("rg1")
            .serviceName("apimService1")
            .build();
    say(
        "apim added",
        apim.createOrUpdateUser(
                "carol",
                new UserCreateParameters()
                    .properties(
                        new UserCreateParameterProperties()
                            .email("carol@contoso.example")
                            .firstName("Carol")
                            .lastName("Smith")))
            .status());
    say(
        "apim changed",
        apim.updateUser(
                "carol",
                apim.getUser("carol").eTag(),
                new UserUpdateParameters()
                    .properties(new UserUpdateParametersProperties().state(UserState.BLOCKED)))
            .status());
    say("apim removed", apim.deleteUser("carol", ETag.ANY).status());
  }

  private void array() {
    try (NimbleClient nimble =
        NimbleClient.builder().endpoint(endpoint).username("admin").password("admin").build()) {
      var added = nimble.createUser(new UserCreate().name("carol").password("password-91"));
      say("nimble added", added.status());
      String id = added.value().getId();
      say("nimble changed", nimble.updateUser(id, new UserUpdate().disabled(true)).status());
      say("nimble removed", nimble.deleteUser(id).status());
    }
  }

  private void pack() {
    AzurePackClient pack =
        AzurePackClient.builder().endpoint(endpoint).bearer(() -> "anything").build();
    String name = "carol@contoso.example";
    say("pack added", pack.createUser(new UserInput().name(name).email(name)).status());
    say(
        "pack changed",
        pack.updateUser(name, new UserInput().name(name).email("c@contoso.example")).status());
    say("pack removed", pack.deleteUser(name).status());
  }

  private void say(String what, int status) {
    done.add(what + " " + status);
  }
}
