package dev.roster.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statuses and codes of errors that a contract declares, for each of its operations. */
final class ContractErrors {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]*)</Code>");
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");
  private static final int FIRST_ERROR = 400;

  private final List<Operation> operations = new ArrayList<>();
  private final Set<String> all = new HashSet<>();

  private record Operation(String verb, Pattern path, int parameters, Set<String> errors) {}

  /** Reads a contract, YAML. */
  ContractErrors(String contract) {
    try {
      JsonNode document = YAML.readTree(contract);
      Set<String> shared = errors(document);
      all.addAll(shared);
      for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
        for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
          if (operation.getValue().has("operationId")) {
            add(operation.getKey(), path.getKey(), operation.getValue(), shared);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String verb, String path, JsonNode operation, Set<String> shared) {
    Set<String> errors = errors(operation);
    all.addAll(errors);
    errors.addAll(shared);
    Matcher parameter = PARAMETER.matcher(path);
    StringBuilder pattern = new StringBuilder();
    int parameters = 0;
    int end = 0;
    for (; parameter.find(); end = parameter.end()) {
      pattern.append(Pattern.quote(path.substring(end, parameter.start()))).append("[^/]+");
      parameters++;
    }
    pattern.append(Pattern.quote(path.substring(end)));
    operations.add(
        new Operation(
            verb,
            Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE),
            parameters,
            errors));
  }

  private static Set<String> errors(JsonNode declaring) {
    Set<String> errors = new HashSet<>();
    for (JsonNode error : declaring.path("x-error-codes")) {
      errors.add(error.get("status").asText() + " " + error.get("code").asText());
    }
    return errors;
  }

  /**
   * The status and code of an answer, if it is an error that its operation does not declare; where
   * the contract has no such operation, any declared error will do.
   *
   * @param path without query
   */
  Optional<String> undeclared(String method, String path, int status, byte[] body) {
    if (status < FIRST_ERROR || body.length == 0) {
      return Optional.empty();
    }
    String error = status + " " + code(new String(body, StandardCharsets.UTF_8));
    Set<String> declared =
        operations.stream()
            .filter(operation -> operation.verb().equalsIgnoreCase(method))
            .filter(operation -> operation.path().matcher(path).matches())
            .min(Comparator.comparing(Operation::parameters))
            .map(Operation::errors)
            .orElse(all);
    return declared.contains(error) ? Optional.empty() : Optional.of(error);
  }

  /** Of several messages the last one is specific; before it, HTTP's own may stand. */
  private static String code(String body) {
    Matcher xml = XML_CODE.matcher(body);
    if (body.startsWith("<") && xml.find()) {
      return xml.group(1);
    }
    try {
      JsonNode json = JSON.readTree(body);
      List<String> codes = json.path("messages").findValuesAsText("code");
      if (!codes.isEmpty()) {
        return codes.get(codes.size() - 1);
      }
      return json.path("error")
          .path("code")
          .asText(json.path("code").asText(json.path("Code").asText()));
    } catch (IOException e) {
      return "";
    }
  }
}
