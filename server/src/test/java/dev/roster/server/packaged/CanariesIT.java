package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.packaged.SecretCarriers.Carrier;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends a text of its own through every member that a contract marks as secret, on every way that a
 * request can go, and then looks for these texts wherever a server leaves anything.
 */
class CanariesIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FEWEST = 60;
  private static final String EVERY_ENTRY = "*";

  @TempDir private Path dataDir;

  private final Canaries canaries = new Canaries();

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  @Test
  void secretsAreNowhere() throws Exception {
    String pool = "found-in-table-and-log";
    try (ServerProcess server =
        ServerProcess.start(dataDir, Map.of("quarkus.log.level", "DEBUG"))) {
      URI origin = server.endpoint();
      SecretCarriers carriers = SecretCarriers.of(origin);
      Accounts.ofNewPool(origin, pool);
      JsonNode index = index();
      for (String api : SecretCarriers.APIS) {
        for (Map.Entry<String, JsonNode> operation : index.get(api).get("bodies").properties()) {
          for (JsonNode place : operation.getValue()) {
            sendThrough(carriers, operation.getKey(), place);
          }
        }
      }
      sendAsCredentials(origin);
      String metrics = Call.ofNoApi(origin.toString(), "/q/metrics").send().text();
      assertThat(metrics).contains("http_server_requests_seconds_count");
      assertThat(canaries.in(metrics)).as("metrics").isFalse();
    }

    assertThat(canaries.sent()).isGreaterThanOrEqualTo(FEWEST);
    TreeSet<String> telling = new TreeSet<>();
    TreeSet<String> known = new TreeSet<>();
    for (Path file : files()) {
      String content = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (file.endsWith("server.log")) {
        assertThat(content.lines().filter(canaries::in)).as("log").isEmpty();
      }
      String name = dataDir.relativize(file).toString();
      if (canaries.in(content)) {
        telling.add(name);
      }
      if (content.contains(pool)) {
        known.add(name);
      }
    }
    assertThat(known)
        .as("what is no secret is found in the log, a table and the write-ahead log")
        .contains("server.log")
        .anyMatch(name -> name.startsWith("postgresql/base/"))
        .anyMatch(name -> name.startsWith("postgresql/pg_wal/"));
    assertThat(telling).isEmpty();
  }

  private void sendThrough(SecretCarriers carriers, String operation, JsonNode place)
      throws IOException {
    List<String> path = new ArrayList<>();
    place.get("path").forEach(step -> path.add(step.asText()));
    boolean isObject = place.get("type").asText().equals("object");
    String value = isObject ? "{\"k\": \"%s\"}" : "\"%s\"";
    for (boolean authenticated : new boolean[] {true, false}) {
      Carrier carrier = carriers.of(operation);
      send(carrier.call(authenticated).json(body(carrier, path, value, canaries.next())), 200, 499);
    }
    for (String wrong :
        List.of("[\"%s\"]", "{\"a\": [\"%s\"]}", "\"%s\\u0000\"", "\"%s\\ud800\"")) {
      Carrier carrier = carriers.of(operation);
      send(carrier.call(true).json(body(carrier, path, wrong, canaries.next())), 200, 499);
    }
    for (String broken : List.of("%s", "\"%s", "\"%s\" \"x\"", "\"%s\\q\"", "\"%s\n\"")) {
      Carrier carrier = carriers.of(operation);
      send(carrier.call(true).json(body(carrier, path, broken, canaries.next())), 400, 499);
    }
    Carrier carrier = carriers.of(operation);
    send(carrier.call(true).json(body(carrier, path, "%s", canaries.nextNumber())), 200, 499);
    send(
        carriers
            .of(operation)
            .call(true)
            .header("Content-Type", "text/plain")
            .body(body(carriers.of(operation), path, value, canaries.next())),
        200,
        499);
    String tooLong = canaries.next().repeat(100_000);
    send(
        carriers.of(operation).call(true).json(body(carriers.of(operation), path, value, tooLong)),
        400,
        499);
  }

  /** A good body with a value at a place, which need not be JSON. */
  private static String body(Carrier carrier, List<String> path, String form, String canary)
      throws IOException {
    ObjectNode body = (ObjectNode) JSON.readTree(carrier.body());
    ObjectNode parent = body;
    for (int i = 0; i < path.size() - 1; i++) {
      String step = path.get(i);
      boolean isList = path.get(i + 1).equals(EVERY_ENTRY);
      if (step.equals(EVERY_ENTRY)) {
        continue;
      }
      if (isList) {
        ArrayNode list = parent.putArray(step);
        parent = list.addObject();
      } else {
        parent = parent.withObjectProperty(step);
      }
    }
    parent.put(path.get(path.size() - 1), "the place");
    return body.toString().replace("\"the place\"", form.formatted(canary));
  }

  private void send(Call call, int least, int most) {
    Answer answer = call.send();
    assertThat(answer.status()).as(answer.text()).isBetween(least, most);
    assertThat(canaries.in(answer.text() + answer.headers())).as(answer.text()).isFalse();
  }

  private void sendAsCredentials(URI endpoint) {
    String origin = endpoint.toString();
    for (Map.Entry<Contract, String> target : SecretCarriers.READS.entrySet()) {
      for (String scheme :
          List.of("Bearer ", "Basic ", "SharedKey devbatch:", "SharedKey x:", "")) {
        send(
            Call.of(target.getKey(), origin, "GET", target.getValue())
                .header("Authorization", scheme + canaries.next()),
            200,
            499);
      }
      send(
          Call.of(target.getKey(), origin, "GET", target.getValue())
              .header("X-Auth-Token", canaries.next()),
          200,
          499);
    }
    String token = SecretCarriers.logIn(origin);
    canaries.add(token);
    // Clients of an array look for their session by its token; that of a path is a mistake.
    for (String target :
        List.of(
            "/v1/tokens/",
            "/v1/tokens/detail?session_token=",
            "/v1/tokens?session_token=",
            "/v1/tokens/x/",
            "/v1/",
            "/v1/users/")) {
      for (String secret : List.of(token, canaries.next())) {
        for (String verb : List.of("GET", "DELETE")) {
          Call.of(Contract.NIMBLE, origin, verb, target + secret)
              .header("X-Auth-Token", token)
              .send();
        }
      }
    }
  }

  private static JsonNode index() throws IOException {
    try (InputStream in = CanariesIT.class.getResourceAsStream("/roster/secrets.json")) {
      return JSON.readTree(in);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(dataDir)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
