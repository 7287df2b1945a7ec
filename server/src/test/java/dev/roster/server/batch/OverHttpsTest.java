package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.server.config.RosterConfig;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.Trust;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same paths over https, whatever version of HTTP the client offers. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class OverHttpsTest {

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @Inject BatchWorld world;
  @Inject RosterConfig config;
  @Inject HttpServer http;
  @Inject Clock clock;

  private String origin;
  private SSLContext trust;

  @BeforeEach
  void trustTheServer() {
    origin = "https://localhost:" + http.getSecurePort();
    trust = Trust.inStore(config.dataDir().resolve("truststore.p12"));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void linksAndMetadataKeepToHttps(Version version) {
    world.linuxNode();
    world.linuxNode();

    Answer first = call(version, "GET", "/pools?maxresults=1&" + BatchWorld.VERSION).send();

    JsonNode page = first.json();
    assertThat(page.get("odata.metadata").asText()).isEqualTo(origin + "/$metadata#pools");
    String next = page.get("odata.nextLink").asText();
    assertThat(next).startsWith(origin + "/pools?maxresults=1&");
    Answer second = call(version, "GET", next.substring(origin.length())).send();
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json().get("value").get(0).get("id"))
        .isNotEqualTo(page.get("value").get(0).get("id"));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void bodiesArrive(Version version) {
    Node node = world.linuxNode();
    String target = node.users() + "?" + BatchWorld.VERSION;

    assertThat(call(version, "POST", target).json("{\"name\": \"alice\"}").send().status())
        .isEqualTo(201);
    assertThat(
            call(version, "POST", target)
                .header("Content-Type", "application/json")
                .chunkedBody("{\"name\": \"bob\"}".getBytes(StandardCharsets.UTF_8))
                .send()
                .status())
        .isEqualTo(201);
    Answer refused = call(version, "POST", target).json("{\"name\": \"bob\"}").send();
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("code").asText()).isEqualTo("NodeUserExists");
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void signedRequestsAreTaken(Version version) {
    Node node = world.linuxNode();
    String date = HTTP_DATE.format(clock.instant());
    String signature = DevelopmentKey.sign("GET", node.path(), "", "", date);

    Answer answer =
        Call.of(Contract.AZURE_BATCH, origin, "GET", node.path() + "?" + BatchWorld.VERSION)
            .trusting(trust, version)
            .header("ocp-date", date)
            .header("Authorization", signature)
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("id").asText()).isEqualTo(node.id());
  }

  @Test
  void authorityIsHandedOutOverBoth() throws Exception {
    byte[] file = Files.readAllBytes(config.dataDir().resolve("ca.pem"));

    Answer plain = world.anonymous("GET", "/roster/ca.pem").send();
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.header("Content-Type")).contains("application/pem-certificate-chain");
    assertThat(plain.bytes()).isEqualTo(file);
    Answer secure =
        Call.of(Contract.AZURE_BATCH, origin, "GET", "/roster/ca.pem")
            .trusting(Trust.inPem(plain.bytes()), Version.HTTP_2)
            .send();
    assertThat(secure.bytes()).isEqualTo(file);
  }

  private Call call(Version version, String method, String target) {
    return Call.of(Contract.AZURE_BATCH, origin, method, target)
        .trusting(trust, version)
        .header("Authorization", BatchWorld.BEARER);
  }
}
