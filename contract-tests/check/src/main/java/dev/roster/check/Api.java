package dev.roster.check;

import dev.roster.check.apimanagement.ApiManagementService;
import dev.roster.check.azurepack.PackService;
import dev.roster.check.batch.BatchService;
import dev.roster.check.nimble.NimbleArray;
import dev.roster.check.replay.Target;
import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** The APIs that have a contract. */
public enum Api {
  /** Azure Batch. */
  AZURE_BATCH(
      "azure-batch",
      Contract.AZURE_BATCH,
      List.of("pools"),
      BatchService.class,
      BatchService::firstAnswer),

  /** Azure API Management. */
  AZURE_API_MANAGEMENT(
      "azure-api-management",
      Contract.AZURE_API_MANAGEMENT,
      List.of("subscriptions"),
      ApiManagementService.class,
      ApiManagementService::firstAnswer),

  /** HPE Nimble Storage. */
  NIMBLE(
      "nimble",
      Contract.NIMBLE,
      List.of("v1", "versions"),
      NimbleArray.class,
      NimbleArray::firstAnswer),

  /** Windows Azure Pack. */
  AZURE_PACK(
      "azure-pack",
      Contract.AZURE_PACK,
      List.of("users", "invalidusertokens"),
      PackService.class,
      PackService::firstAnswer);

  private final String id;
  private final Contract contract;
  private final List<String> roots;
  private final Class<?> fixture;
  private final Function<Target, Answer> firstRequest;

  /** Takes the fixture of the suite, whose package holds the suite. */
  Api(
      String id,
      Contract contract,
      List<String> roots,
      Class<?> fixture,
      Function<Target, Answer> firstRequest) {
    this.id = id;
    this.contract = contract;
    this.roots = roots;
    this.fixture = fixture;
    this.firstRequest = firstRequest;
  }

  /** Name of the API, as its contract's folder, its pacts and the option have it. */
  public String id() {
    return id;
  }

  /** What requests and answers are checked against. */
  public Contract contract() {
    return contract;
  }

  /** Where the contract lies in the source tree. */
  public String contractFile() {
    return "specs/" + id + "/openapi.yaml";
  }

  /** The package of the test classes that show the API's behaviours. */
  String suite() {
    return fixture.getPackageName();
  }

  /**
   * Asks a service for something simple with the caller's credentials.
   *
   * @return the answer, unchecked
   */
  Answer firstAnswer(Target target) {
    return firstRequest.apply(target);
  }

  /** The API of exactly this name. */
  public static Optional<Api> of(String id) {
    return Stream.of(values()).filter(api -> api.id.equals(id)).findFirst();
  }

  /** The API whose paths begin as this one does. */
  public static Optional<Api> atPath(String path) {
    String root = path.replaceFirst("^/", "").replaceFirst("/.*", "");
    return Stream.of(values()).filter(api -> api.roots.contains(root)).findFirst();
  }

  /** All names, for people. */
  public static String ids() {
    return Stream.of(values()).map(Api::id).collect(Collectors.joining(", "));
  }

  /** The API of this name, as an option has it. */
  static Api named(String id) {
    return of(id)
        .orElseThrow(() -> new TypeConversionException("'" + id + "' is none of " + ids()));
  }

  @Override
  public String toString() {
    return id;
  }
}
