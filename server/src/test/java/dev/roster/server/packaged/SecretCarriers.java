package dev.roster.server.packaged;

import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests of the operations whose bodies have secrets, against the sample world. */
final class SecretCarriers {

  static final List<String> APIS =
      List.of("azure-batch", "azure-api-management", "nimble", "azure-pack");

  private static final String BATCH = "?api-version=2023-11-01.18.0";
  private static final String APIM = "?api-version=2022-08-01";
  private static final String NODE = "/pools/poolId/nodes/tvm-1695681911_1-20161121t182739z/users";
  private static final String SERVICE =
      "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/apimService1";
  private static final String SAMPLE_USER = "/v1/users/1000000000000004d3000000000000000000000003";

  /** A read of each API. */
  static final Map<Contract, String> READS =
      Map.of(
          Contract.AZURE_BATCH,
          "/pools" + BATCH,
          Contract.AZURE_API_MANAGEMENT,
          SERVICE + "/users" + APIM,
          Contract.NIMBLE,
          "/v1/users",
          Contract.AZURE_PACK,
          "/users");

  private final String origin;
  private final String session;
  private final AtomicInteger names = new AtomicInteger();

  private SecretCarriers(String origin, String session) {
    this.origin = origin;
    this.session = session;
  }

  static SecretCarriers of(URI origin) {
    return new SecretCarriers(origin.toString(), logIn(origin.toString()));
  }

  /**
   * A request.
   *
   * @param body good, but for the secret
   */
  record Carrier(
      Contract contract,
      String origin,
      String verb,
      String target,
      String body,
      Map<String, String> credentials) {

    Call call(boolean authenticated) {
      Call call = Call.of(contract, origin, verb, target);
      if (authenticated) {
        credentials.forEach(call::header);
      }
      return call;
    }
  }

  /** A request of an operation that makes nothing that another has made. */
  Carrier of(String operation) {
    String name = "c" + names.incrementAndGet();
    return switch (operation) {
      case "ComputeNode_AddUser" -> batch("POST", NODE, "{\"name\": \"%s\"}".formatted(name));
      case "ComputeNode_UpdateUser" -> batch("PUT", NODE + "/userName", "{}");
      case "Pool_Add" ->
          batch(
              "POST",
              "/pools",
              """
              {"id": "%s", "vmSize": "small", "virtualMachineConfiguration": {
                "imageReference": {"publisher": "canonical", "offer": "ubuntu", "sku": "server"},
                "nodeAgentSKUId": "batch.node.ubuntu 24.04"}}
              """
                  .formatted(name));
      case "User_CreateOrUpdate" ->
          apim(
              "PUT",
              "/users/" + name,
              "{\"properties\": {\"email\": \"%s@x\", \"firstName\": \"F\", \"lastName\": \"L\"}}"
                  .formatted(name));
      case "User_Update" ->
          apim("PATCH", "/users/5931a75ae4bbd512a88c680b", "{\"properties\": {}}");
      case "Users_Create" ->
          nimble("POST", "/v1/users", "{\"data\": {\"name\": \"%s\"}}".formatted(name));
      case "Users_Update" ->
          nimble("PUT", SAMPLE_USER, "{\"data\": {\"password\": \"password-93\"}}");
      case "Tokens_Create" -> nimble("POST", "/v1/tokens", "{\"data\": {\"username\": \"admin\"}}");
      default -> throw new AssertionError("No request is known for " + operation);
    };
  }

  /** Logs in to the array and gives the session's token. */
  static String logIn(String origin) {
    return Call.of(Contract.NIMBLE, origin, "POST", "/v1/tokens")
        .body("{\"data\": {\"username\": \"admin\", \"password\": \"admin\"}}")
        .send()
        .json()
        .at("/data/session_token")
        .asText();
  }

  private Carrier batch(String verb, String path, String body) {
    return new Carrier(
        Contract.AZURE_BATCH,
        origin,
        verb,
        path + BATCH,
        body,
        Map.of("Authorization", "Bearer any-token"));
  }

  private Carrier apim(String verb, String path, String body) {
    return new Carrier(
        Contract.AZURE_API_MANAGEMENT,
        origin,
        verb,
        SERVICE + path + APIM,
        body,
        Map.of("Authorization", "Bearer any-token", "If-Match", "*"));
  }

  private Carrier nimble(String verb, String path, String body) {
    return new Carrier(Contract.NIMBLE, origin, verb, path, body, Map.of("X-Auth-Token", session));
  }
}
