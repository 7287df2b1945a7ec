package dev.roster.check;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a replay needs to know of a service; each has an environment variable. */
public enum Setting {
  /** Name of a Batch account. */
  BATCH_ACCOUNT(
      Api.AZURE_BATCH,
      "CHECK_AZURE_BATCH_ACCOUNT",
      "devbatch",
      "account that signs (SharedKey)",
      false),

  /** Key of the Batch account. */
  BATCH_KEY(
      Api.AZURE_BATCH,
      "CHECK_AZURE_BATCH_KEY",
      "Zm9vYmFyYmF6a2V5Zm9vYmFyYmF6a2V5MDEyMzQ1Njc4OWFiY2RlZg==",
      "its key, base64",
      true),

  /** Bearer token for Batch. */
  BATCH_BEARER(Api.AZURE_BATCH, "CHECK_AZURE_BATCH_BEARER", "anything", "bearer token", true),

  /** Id of a pool of Linux nodes. */
  BATCH_POOL(Api.AZURE_BATCH, "CHECK_AZURE_BATCH_POOL", "poolId", "pool of Linux machines", false),

  /** Id of a node of that pool. */
  BATCH_NODE(
      Api.AZURE_BATCH,
      "CHECK_AZURE_BATCH_NODE",
      "",
      "node of it whose users may be changed; else its first idle one",
      false),

  /** Id of a pool of Windows nodes. */
  BATCH_WINDOWS_POOL(
      Api.AZURE_BATCH,
      "CHECK_AZURE_BATCH_WINDOWS_POOL",
      "",
      "pool of Windows machines; without it what needs one is skipped",
      false),

  /** Bearer token for API Management. */
  API_MANAGEMENT_BEARER(
      Api.AZURE_API_MANAGEMENT,
      "CHECK_AZURE_API_MANAGEMENT_BEARER",
      "anything",
      "bearer token",
      true),

  /** Subscription of an API Management service. */
  API_MANAGEMENT_SUBSCRIPTION(
      Api.AZURE_API_MANAGEMENT,
      "CHECK_AZURE_API_MANAGEMENT_SUBSCRIPTION",
      "subid",
      "subscription",
      false),

  /** Resource group of an API Management service. */
  API_MANAGEMENT_RESOURCE_GROUP(
      Api.AZURE_API_MANAGEMENT,
      "CHECK_AZURE_API_MANAGEMENT_RESOURCE_GROUP",
      "rg1",
      "resource group",
      false),

  /** Name of an API Management service. */
  API_MANAGEMENT_SERVICE(
      Api.AZURE_API_MANAGEMENT,
      "CHECK_AZURE_API_MANAGEMENT_SERVICE",
      "apimService1",
      "service whose users and groups may be added and removed",
      false),

  /** Name of an administrator of an array. */
  NIMBLE_USERNAME(Api.NIMBLE, "CHECK_NIMBLE_USERNAME", "admin", "an administrator", false),

  /** Password of that administrator. */
  NIMBLE_PASSWORD(
      Api.NIMBLE, "CHECK_NIMBLE_PASSWORD", "admin", "the administrator's password", true),

  /** Bearer token for the administrator interface of Azure Pack. */
  PACK_BEARER(
      Api.AZURE_PACK, "CHECK_AZURE_PACK_BEARER", "anything", "an administrator's token", true);

  private final Api api;
  private final String variable;
  private final String standIn;
  private final String meaning;
  private final boolean secret;

  Setting(Api api, String variable, String standIn, String meaning, boolean secret) {
    this.api = api;
    this.variable = variable;
    this.standIn = standIn;
    this.meaning = meaning;
    this.secret = secret;
  }

  /** The API that it belongs to. */
  Api api() {
    return api;
  }

  /** Name of the environment variable. */
  public String variable() {
    return variable;
  }

  /** Whether its value is to be told nowhere. */
  public boolean isSecret() {
    return secret;
  }

  /**
   * Looks it up.
   *
   * @return what the environment says, else what fits the stand-in's sample world; empty if neither
   *     has a value
   */
  public Optional<String> in(Map<String, String> environment) {
    return Optional.of(isSetIn(environment) ? environment.get(variable) : standIn)
        .filter(value -> !value.isEmpty());
  }

  /** Whether the environment names it. */
  public boolean isSetIn(Map<String, String> environment) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  /** Lines for a help text: those of one API. */
  static Stream<String> help(Api api) {
    return Stream.of(values())
        .filter(setting -> setting.api == api)
        .flatMap(
            setting ->
                Stream.of(
                    "  " + setting.variable,
                    "      "
                        + setting.meaning
                        + (setting.standIn.isEmpty() ? "" : "; default " + setting.standIn)));
  }
}
