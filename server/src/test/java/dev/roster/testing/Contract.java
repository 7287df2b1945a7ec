package dev.roster.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One hand-written contract, against which requests and answers are checked. */
public final class Contract {

  /** Azure Batch. */
  public static final Contract AZURE_BATCH = new Contract("azure-batch");

  /** Azure API Management. */
  public static final Contract AZURE_API_MANAGEMENT = new Contract("azure-api-management");

  /** HPE Nimble Storage. */
  public static final Contract NIMBLE = new Contract("nimble");

  /** Windows Azure Pack. */
  public static final Contract AZURE_PACK = new Contract("azure-pack");

  private static final List<String> NO_SUCH_OPERATION =
      List.of("validation.request.path.missing", "validation.request.operation.notAllowed");

  /** HTTP lets no answer to HEAD have the body that its operation declares for errors. */
  private static final List<String> FORGIVEN_OF_HEAD =
      List.of(
          "validation.request.path.missing",
          "validation.request.operation.notAllowed",
          "validation.response.body.missing");

  private final Path file;
  private final OpenApiInteractionValidator validator;

  private Contract(String api) {
    this.file = Path.of(System.getProperty("testing.specs"), api, "openapi.yaml");
    this.validator =
        OpenApiInteractionValidator.createForSpecificationUrl(file.toUri().toString()).build();
  }

  /** Where the contract lies. */
  public Path file() {
    return file;
  }

  /**
   * Checks an answer that a test got.
   *
   * @param target path and query, encoded
   * @throws AssertionError if it breaks the contract
   */
  public void check(String method, String target, Answer answer) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    List<String> faults =
        faultsOfResponse(method, path, answer.status(), answer.headers(), answer.bytes());
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "%s %s -> %d breaks the contract: %s%n%s"
              .formatted(method, target, answer.status(), faults, answer.text()));
    }
  }

  /**
   * Checks an answer.
   *
   * @param path without query
   * @return what is wrong with it, empty if nothing; a path or verb that the contract does not have
   *     is not the answer's fault
   */
  public List<String> faultsOfResponse(
      String method, String path, int status, Map<String, List<String>> headers, byte[] body) {
    SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
    headers.forEach((name, values) -> response.withHeader(name, values));
    if (body.length > 0) {
      response.withBody(body);
    }
    ValidationReport report =
        validator.validateResponse(path, Request.Method.valueOf(method), response.build());
    return faults(report, method.equals("HEAD") ? FORGIVEN_OF_HEAD : NO_SUCH_OPERATION);
  }

  /**
   * Checks a request.
   *
   * @param path without query
   * @param query undecoded, may be empty
   * @return what is wrong with it, empty if nothing
   */
  public List<String> faultsOfRequest(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    SimpleRequest.Builder request = new SimpleRequest.Builder(Request.Method.valueOf(method), path);
    headers.forEach(request::withHeader);
    if (!query.isEmpty()) {
      for (String parameter : List.of(query.split("&", -1))) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        request.withQueryParam(decode(name), decode(value));
      }
    }
    if (body.length > 0) {
      request.withBody(body);
    }
    return faults(validator.validateRequest(request.build()), List.of());
  }

  private static List<String> faults(ValidationReport report, List<String> forgiven) {
    return report.getMessages().stream()
        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
        .filter(message -> !forgiven.contains(message.getKey()))
        .map(ValidationReport.Message::toString)
        .collect(Collectors.toList());
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
