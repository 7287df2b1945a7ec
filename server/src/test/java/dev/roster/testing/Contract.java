package dev.roster.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One hand-written contract, against which requests and answers are checked.
 *
 * <p>It is read at its first use from the folder that the system property {@code testing.specs}
 * names, or, without the property, from the class path, where the jar of the contracts has it.
 */
public final class Contract {

  /**
   * What is wrong with a request or an answer.
   *
   * @param key kind of the fault, such as {@code validation.response.body.schema.required}
   * @param message for people, in one line
   * @param pointer JSON pointer into the body, to the deepest member that is at fault; empty if it
   *     is not the body
   * @param report everything that the validator says of it
   */
  public record Fault(String key, String message, Optional<String> pointer, String report) {

    private static Fault of(ValidationReport.Message message) {
      return new Fault(
          message.getKey(),
          Stream.concat(Stream.of(message.getMessage()), message.getAdditionalInfo().stream())
              .collect(Collectors.joining("; ")),
          pointers(message).max(Comparator.comparingInt(String::length)),
          message.toString());
    }

    /** A schema of alternatives says what is wrong with each of them beneath. */
    private static Stream<String> pointers(ValidationReport.Message message) {
      return Stream.concat(
          message
              .getContext()
              .flatMap(ValidationReport.MessageContext::getPointers)
              .map(ValidationReport.MessageContext.Pointers::getInstance)
              .stream(),
          message.getNestedMessages().stream().flatMap(Fault::pointers));
    }
  }

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

  private final String api;
  private OpenApiInteractionValidator validator;
  private OpenApiInteractionValidator partialValidator;
  private ContractErrors errors;

  private Contract(String api) {
    this.api = api;
  }

  /**
   * Where the contract lies.
   *
   * @throws IllegalStateException without {@code testing.specs}
   */
  public Path file() {
    return folder()
        .map(folder -> folder.resolve(api).resolve("openapi.yaml"))
        .orElseThrow(() -> new IllegalStateException("testing.specs is not set"));
  }

  /** The contract as it is written, YAML. */
  public String text() {
    try {
      if (folder().isPresent()) {
        return Files.readString(file());
      }
      String resource = "/roster/specs/" + api + "/openapi.yaml";
      try (InputStream in = Contract.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("Not on the class path: " + resource);
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks an answer that a test got, the code of an error included.
   *
   * @param target path and query, encoded
   * @throws AssertionError if it breaks the contract
   */
  public void check(String method, String target, Answer answer) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    List<String> faults =
        new ArrayList<>(
            faultsOfResponse(method, path, answer.status(), answer.headers(), answer.bytes()));
    errors()
        .undeclared(method, path, answer.status(), answer.bytes())
        .ifPresent(error -> faults.add("The contract does not declare the error " + error));
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
    return texts(checkResponse(method, path, status, headers, body));
  }

  /**
   * Checks an answer, as {@link #faultsOfResponse} does, and tells where it is wrong.
   *
   * @param path without query
   */
  public List<Fault> checkResponse(
      String method, String path, int status, Map<String, List<String>> headers, byte[] body) {
    ValidationReport report =
        validator()
            .validateResponse(
                path, Request.Method.valueOf(method), response(status, headers, body));
    return faults(report, method.equals("HEAD") ? FORGIVEN_OF_HEAD : NO_SUCH_OPERATION);
  }

  /**
   * Checks an answer that somebody expects, who may leave out headers, members and the body, but
   * may not expect what the contract excludes.
   *
   * @param path without query
   */
  public List<Fault> checkExpectedResponse(
      String method, String path, int status, Map<String, List<String>> headers, byte[] body) {
    ValidationReport report =
        partialValidator()
            .validateResponse(
                path, Request.Method.valueOf(method), response(status, headers, body));
    // The same that an answer to HEAD may lack.
    return faults(report, FORGIVEN_OF_HEAD);
  }

  private static SimpleResponse response(
      int status, Map<String, List<String>> headers, byte[] body) {
    SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
    headers.forEach((name, values) -> response.withHeader(name, values));
    if (body.length > 0) {
      response.withBody(body);
    }
    return response.build();
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
    return texts(checkRequest(method, path, query, headers, body));
  }

  /**
   * Checks a request, as {@link #faultsOfRequest} does, and tells where it is wrong.
   *
   * @param path without query
   * @param query undecoded, may be empty
   */
  public List<Fault> checkRequest(
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
    return faults(validator().validateRequest(request.build()), List.of());
  }

  private static Optional<Path> folder() {
    return Optional.ofNullable(System.getProperty("testing.specs")).map(Path::of);
  }

  private synchronized ContractErrors errors() {
    if (errors == null) {
      errors = new ContractErrors(text());
    }
    return errors;
  }

  private synchronized OpenApiInteractionValidator validator() {
    if (validator == null) {
      validator = OpenApiInteractionValidator.createForInlineApiSpecification(text()).build();
    }
    return validator;
  }

  private synchronized OpenApiInteractionValidator partialValidator() {
    if (partialValidator == null) {
      partialValidator =
          OpenApiInteractionValidator.createForInlineApiSpecification(PartialAnswers.of(text()))
              .build();
    }
    return partialValidator;
  }

  private static List<String> texts(List<Fault> faults) {
    return faults.stream().map(Fault::report).collect(Collectors.toList());
  }

  private static List<Fault> faults(ValidationReport report, List<String> forgiven) {
    return report.getMessages().stream()
        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
        .filter(message -> !forgiven.contains(message.getKey()))
        .map(Fault::of)
        .collect(Collectors.toList());
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
