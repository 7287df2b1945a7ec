package dev.roster.server.batch;

import static dev.roster.server.batch.BatchErrorAssert.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SharedKey signatures, made by a signer of this class's own after the documentation page
 * "Authenticate requests to the Azure Batch service".
 */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SharedKeyTest {

  private static final String ACCOUNT = "devbatch";
  private static final String KEY = "Zm9vYmFyYmF6a2V5Zm9vYmFyYmF6a2V5MDEyMzQ1Njc4OWFiY2RlZg==";
  private static final String ANY_KEY = "YW55IG90aGVyIGtleQ==";
  private static final Instant RECORDED = Instant.parse("2026-11-21T20:30:19Z");
  private static final String RECORDED_DATE = "Sat, 21 Nov 2026 20:30:19 GMT";
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @Inject BatchWorld world;
  @Inject MutableClock clock;

  private Instant now;

  @BeforeEach
  void stopClock() {
    now = clock.stop();
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  /** A request and what of it is signed. */
  private final class Signed {
    private final String verb;
    private final String path;
    private final String query;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> resourceQuery = new ArrayList<>();
    private String account = ACCOUNT;
    private String signedAccount;
    private String signedPath;
    private String signedLength;
    private String key = KEY;
    private byte[] body = new byte[0];

    Signed(String verb, String path, String query) {
      this.verb = verb;
      this.path = path;
      this.query = query;
      this.signedPath = path;
      resourceQuery.add(BatchWorld.VERSION.replace('=', ':'));
    }

    Signed header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Signed json(String text) {
      body = text.getBytes(StandardCharsets.UTF_8);
      return header("Content-Type", "application/json; odata=minimalmetadata; charset=utf-8")
          .header("Content-Length", Integer.toString(body.length));
    }

    /** The lines of the resource that stand for the query. */
    Signed resourceQuery(String... lines) {
      resourceQuery.clear();
      resourceQuery.addAll(List.of(lines));
      return this;
    }

    Signed account(String sent, String signed) {
      account = sent;
      signedAccount = signed;
      return this;
    }

    Signed signedPath(String text) {
      signedPath = text;
      return this;
    }

    Signed signedLength(String text) {
      signedLength = text;
      return this;
    }

    Signed key(String base64) {
      key = base64;
      return this;
    }

    String stringToSign() {
      List<String> lines = new ArrayList<>();
      lines.add(verb);
      lines.add(value("Content-Encoding"));
      lines.add(value("Content-Language"));
      lines.add(signedLength == null ? value("Content-Length") : signedLength);
      lines.add(value("Content-MD5"));
      lines.add(value("Content-Type"));
      lines.add(headers.containsKey("ocp-date") ? "" : value("Date"));
      lines.add(value("If-Modified-Since"));
      lines.add(value("If-Match"));
      lines.add(value("If-None-Match"));
      lines.add(value("If-Unmodified-Since"));
      lines.add(value("Range"));
      headers.keySet().stream()
          .filter(name -> name.startsWith("ocp-"))
          .sorted()
          .forEach(name -> lines.add(name + ":" + headers.get(name)));
      lines.add("/" + (signedAccount == null ? account : signedAccount) + signedPath);
      lines.addAll(resourceQuery);
      return String.join("\n", lines);
    }

    Answer send() {
      RawHttp request =
          RawHttp.of(
              Contract.AZURE_BATCH,
              world.origin(),
              verb,
              query.isEmpty() ? path : path + "?" + query);
      headers.forEach(request::header);
      return request
          .header("Authorization", "SharedKey " + account + ":" + hmac(key, stringToSign()))
          .body(body)
          .send();
    }

    private String value(String header) {
      return headers.getOrDefault(header, "");
    }
  }

  private Signed signed(String verb, String path) {
    return undated(verb, path, BatchWorld.VERSION).header("ocp-date", HTTP_DATE.format(now));
  }

  private Signed undated(String verb, String path, String query) {
    return new Signed(verb, path, query);
  }

  private static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(Answer answer, String detail) {
    assertError(answer, 403, "AuthenticationFailed", "AuthenticationErrorDetail", detail);
  }

  private static String wrongSignature(String stringToSign) {
    return "The MAC signature found in the HTTP request is not the same as any computed signature."
        + " Server used following string to sign: '"
        + stringToSign
        + "'.";
  }

  @Test
  void signerOfThisTestMakesARecordedSignature() {
    Signed request =
        undated("DELETE", "/pools/p1/nodes/tvm-1/users/userName", "")
            .header("Content-Length", "0")
            .header("Content-Type", "application/json; charset=utf-8")
            .header("ocp-date", RECORDED_DATE)
            .resourceQuery("api-version:2024-07-01.20.0");

    assertThat(hmac(KEY, request.stringToSign()))
        .isEqualTo("XSkE+X79fn9Sc8eaK+1k/8WoAOpmgPNm8X7+g5r0BV8=");
  }

  @ParameterizedTest
  @Covers({"batch.common.raw-path-signed", "batch.common.query-case-divergence"})
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|78|/pools/p1/nodes/tvm-1/users?api-version=2024-07-01.20.0"
            + "|aF0kVgmF42qhD1iKZGP+M1MPByumIXGEEaweXx4IdFI=",
        "DELETE|0|/pools/p1/nodes/tvm-1/users/userName?api-version=2024-07-01.20.0"
            + "|XSkE+X79fn9Sc8eaK+1k/8WoAOpmgPNm8X7+g5r0BV8=",
        "DELETE|0|/pools/p1/nodes/tvm-1/users/we%20ird+%C3%A9%2Fx?api-version=2024-07-01.20.0"
            + "|n+1pAyW/o+TCYdL31zApGeTME49oSza4+Qm3Q99vSUs=",
        "GET||/pools/p1/nodes?api-version=2024-07-01.20.0"
            + "&%24filter=state%20eq%20%27idle%27&%24select=id%2Cstate"
            + "|c1BTpdRHy51hnwGOTHnZQ/qfk3UqB7nQuVQ/qQ1gZvY="
      })
  void recordedRequestsOfTheVendorsClientAreAccepted(
      String verb, String length, String target, String signature) {
    clock.advance(Duration.between(now, RECORDED));
    boolean post = verb.equals("POST");
    RawHttp request =
        RawHttp.of(Contract.AZURE_BATCH, world.origin(), verb, target)
            .header("ocp-date", RECORDED_DATE)
            .header("Authorization", "SharedKey devbatch:" + signature)
            .header(
                "Content-Type",
                post
                    ? "application/json; odata=minimalmetadata; charset=utf-8"
                    : "application/json; charset=utf-8");
    if (length != null) {
      request.header("Content-Length", length);
    }
    String user = "{\"name\": \"userName\"}";

    Answer answer =
        request
            .body(
                post
                    ? (user + " ".repeat(78 - user.length())).getBytes(StandardCharsets.UTF_8)
                    : new byte[0])
            .send();

    // The pool is another server's; what counts is that the signature opened the way to it.
    assertError(answer, 404, "PoolNotFound");
  }

  @Test
  @Covers("batch.common.signature-wrong")
  void requestSignedWithTheAccountsKeyIsAccepted() {
    Node node = world.linuxNode();

    assertThat(signed("POST", node.users()).json("{\"name\": \"a\"}").send().status())
        .isEqualTo(201);
    assertThat(signed("PUT", node.user("a")).json("{}").send().status()).isEqualTo(200);
    assertThat(signed("GET", node.path()).send().status()).isEqualTo(200);
    assertThat(signed("HEAD", "/pools/" + node.poolId()).send().status()).isEqualTo(200);
    assertThat(signed("DELETE", node.user("a")).send().status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.common.signature-wrong")
  void wrongSignatureIsAnsweredWithTheStringToSign() {
    Node node = world.linuxNode();
    Signed request = signed("POST", node.users()).json("{\"name\": \"a\"}").key(ANY_KEY);

    assertRefused(request.send(), wrongSignature(request.stringToSign()));
    assertThat(world.user(node, "a")).isEmpty();
  }

  @Test
  @Covers("batch.common.signature-wrong")
  void everySignedHeaderCounts() {
    Node node = world.linuxNode();
    for (String name :
        List.of(
            "Content-Encoding",
            "Content-Language",
            "Content-MD5",
            "Content-Type",
            "If-Modified-Since",
            "If-Match",
            "If-None-Match",
            "If-Unmodified-Since",
            "Range",
            "ocp-range")) {
      String value = name.endsWith("Since") ? HTTP_DATE.format(now) : "x";
      Signed complete = signed("GET", node.path()).header(name, value);
      assertThat(complete.send().status()).as(name).isEqualTo(200);

      Signed sent = signed("GET", node.path()).header(name, value);
      String signature = hmac(KEY, signed("GET", node.path()).stringToSign());
      RawHttp request =
          RawHttp.of(
              Contract.AZURE_BATCH, world.origin(), "GET", node.path() + "?" + BatchWorld.VERSION);
      sent.headers.forEach(request::header);
      assertRefused(
          request.header("Authorization", "SharedKey devbatch:" + signature).send(),
          wrongSignature(sent.stringToSign()));
    }
  }

  @Test
  @Covers("batch.common.signature-wrong")
  void verbAndPathCount() {
    Node node = world.linuxNode();
    Signed get = signed("GET", node.path());
    String signature = hmac(KEY, get.stringToSign());

    for (String path : List.of(node.path() + "/rdp", "/pools/" + node.poolId())) {
      Signed other = signed("GET", path);
      RawHttp request =
          RawHttp.of(Contract.AZURE_BATCH, world.origin(), "GET", path + "?" + BatchWorld.VERSION)
              .header("ocp-date", HTTP_DATE.format(now))
              .header("Authorization", "SharedKey devbatch:" + signature);
      assertRefused(request.send(), wrongSignature(other.stringToSign()));
    }
  }

  @ParameterizedTest
  @Covers("batch.common.signature-wrong")
  @ValueSource(strings = {"?", "?api-version=2025-06-01", "?api-version=2023-11-01.18.0&timeout=5"})
  void queryCounts(String query) {
    Node node = world.linuxNode();
    Signed request =
        undated("GET", node.path(), "api-version=2023-11-01.18.0&timeout=6")
            .header("ocp-date", HTTP_DATE.format(now))
            .resourceQuery(query.substring(1).replace('=', ':').split("&"));

    assertRefused(
        request.send(),
        wrongSignature(
            request.resourceQuery("api-version:2023-11-01.18.0", "timeout:6").stringToSign()));
  }

  @ParameterizedTest
  @Covers("batch.common.account-unknown")
  @ValueSource(strings = {"other", "devbatc", "devbatch2", "dev batch", "'", "\u00e9"})
  void unknownAccountIsRefused(String account) {
    assertRefused(
        signed("GET", "/pools").account(account, account).send(),
        "The account '" + account + "' is not known.");
  }

  @ParameterizedTest
  @Covers("batch.common.clock-skew")
  @ValueSource(longs = {-900, -899, 0, 899, 900})
  void requestsOfFifteenMinutesAreAccepted(long seconds) {
    String date = HTTP_DATE.format(now.plusSeconds(seconds));

    assertThat(
            undated("GET", "/pools/x", BatchWorld.VERSION).header("ocp-date", date).send().status())
        .isEqualTo(404);
    assertThat(undated("GET", "/pools/x", BatchWorld.VERSION).header("Date", date).send().status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @Covers("batch.common.clock-skew")
  @ValueSource(longs = {-10_000_000_000L, -86_400, -901, 901, 86_400, 200_000_000_000L})
  void olderAndLaterRequestsAreRefused(long seconds) {
    String date = HTTP_DATE.format(now.plusSeconds(seconds));
    String detail =
        "The request is dated "
            + date
            + ", more than 15 minutes from the server's time "
            + HTTP_DATE.format(now)
            + ".";

    assertRefused(
        undated("GET", "/pools", BatchWorld.VERSION).header("ocp-date", date).send(), detail);
    assertRefused(undated("GET", "/pools", BatchWorld.VERSION).header("Date", date).send(), detail);
  }

  @Test
  @Covers("batch.common.date-missing")
  void requestWithoutDateIsRefused() {
    assertRefused(
        undated("GET", "/pools", BatchWorld.VERSION).send(),
        "A signed request needs an ocp-date or a Date header.");
  }

  @ParameterizedTest
  @Covers("batch.common.date-missing")
  @ValueSource(strings = {"", "yesterday", "2026-11-21T20:30:19Z"})
  void requestWithAnUnreadableDateIsRefused(String date) {
    String detail = "The ocp-date or Date header is not a date in the format of RFC 1123.";

    assertRefused(undated("GET", "/pools", BatchWorld.VERSION).header("Date", date).send(), detail);
    assertRefused(
        undated("GET", "/pools", BatchWorld.VERSION).header("ocp-date", date).send(), detail);
  }

  @Test
  @Covers("batch.common.ocp-date-wins")
  void ocpDateIsTheTimeOfTheRequest() {
    String recent = HTTP_DATE.format(now);
    String old = HTTP_DATE.format(now.minus(Duration.ofDays(1)));

    assertThat(
            undated("GET", "/pools/x", BatchWorld.VERSION)
                .header("Date", old)
                .header("ocp-date", recent)
                .send()
                .status())
        .isEqualTo(404);
    assertThat(
            undated("GET", "/pools/x", BatchWorld.VERSION)
                .header("Date", recent)
                .header("ocp-date", old)
                .send()
                .status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @Covers("batch.common.raw-path-signed")
  @ValueSource(
      strings = {"we%20ird+%C3%A9%2Fx", "a%2fb", "%61lice", "a%2Bb", "a|b", "a%25b", "a%3Fb"})
  void pathIsSignedAsSent(String segment) {
    Node node = world.linuxNode();

    assertError(signed("DELETE", node.user(segment)).send(), 404, "NodeUserNotFound");
  }

  @Test
  @Covers("batch.common.raw-path-signed")
  void decodedPathIsNoSignature() {
    Node node = world.linuxNode();
    Signed decoded = signed("DELETE", node.user("a%20b")).signedPath(node.user("a b"));

    assertRefused(
        decoded.send(), wrongSignature(decoded.signedPath(node.user("a%20b")).stringToSign()));
  }

  @ParameterizedTest
  @Covers("batch.common.account-ignores-case")
  @CsvSource({
    "devbatch, devbatch",
    "DevBatch, DevBatch",
    "DevBatch, devbatch",
    "DEVBATCH, devbatch",
    "DEVBATCH, DEVBATCH"
  })
  void accountIsReadInAnyCase(String sent, String signed) {
    assertError(signed("GET", "/pools/x").account(sent, signed).send(), 404, "PoolNotFound");
  }

  @ParameterizedTest
  @Covers("batch.common.content-length-divergence")
  @CsvSource({"0, 0", "0, ''", "'', ''", "'', 0"})
  void lengthOfNoBodyIsReadInEveryWay(String sent, String signed) {
    Node node = world.linuxNode();
    for (String verb : List.of("GET", "DELETE")) {
      String path = verb.equals("GET") ? node.path() + "x" : node.user("a");
      Signed request = signed(verb, path).signedLength(signed);
      if (!sent.isEmpty()) {
        request.header("Content-Length", sent);
      }
      assertThat(request.send().status()).as(verb).isEqualTo(404);
    }
    Signed post = signed("POST", node.path() + "/reboot").signedLength(signed);
    if (!sent.isEmpty()) {
      post.header("Content-Length", sent);
    }
    assertThat(post.send().status()).isEqualTo(202);
  }

  @ParameterizedTest
  @Covers("batch.common.content-length-divergence")
  @ValueSource(strings = {"", "0", "3"})
  void lengthOfABodyIsReadAsSent(String signed) {
    Node node = world.linuxNode();
    Signed request = signed("PUT", node.user("a")).json("{}").signedLength(signed);

    assertRefused(request.send(), wrongSignature(request.signedLength("2").stringToSign()));
  }

  @ParameterizedTest
  @Covers("batch.common.query-case-divergence")
  @CsvSource(
      delimiter = '|',
      value = {"API-Version:2023-11-01.18.0|timeOut:5", "api-version:2023-11-01.18.0|timeout:5"})
  void queryNamesAreReadAsSentAndInLowerCase(String version, String timeout) {
    assertError(
        undated("GET", "/pools/x", "timeOut=5&API-Version=2023-11-01.18.0")
            .header("ocp-date", HTTP_DATE.format(now))
            .resourceQuery(version, timeout)
            .send(),
        404,
        "PoolNotFound");
  }

  @Test
  @Covers("batch.common.query-case-divergence")
  void queryValuesAreSignedDecodedAndSortedByName() {
    assertError(
        undated(
                "GET",
                "/pools/x",
                "timeout=5&%24select=id%2Cstate&$expand=stats&" + BatchWorld.VERSION)
            .header("ocp-date", HTTP_DATE.format(now))
            .resourceQuery(
                "$expand:stats", "$select:id,state", "api-version:2023-11-01.18.0", "timeout:5")
            .send(),
        404,
        "PoolNotFound");
  }

  @Test
  @Covers("batch.common.repeated-request")
  void identicalRequestIsAcceptedAgain() {
    Node node = world.linuxNode();
    Signed request = signed("PUT", node.user("a")).json("{\"sshPublicKey\": \"k\"}");
    world.addUser(node, "a");

    assertThat(request.send().status()).isEqualTo(200);
    assertThat(request.send().status()).isEqualTo(200);
    assertThat(world.user(node, "a").orElseThrow().sshPublicKey).isEqualTo("k");
  }

  @ParameterizedTest
  @Covers("batch.common.authorization-unparsable")
  @ValueSource(
      strings = {"SharedKey", "SharedKey devbatch", "SharedKey devbatch:", "SharedKey :YQ=="})
  void halfACredentialIsNoCredential(String authorization) {
    assertThat(
            BatchErrorAssert.details(
                RawHttp.of(
                        Contract.AZURE_BATCH, world.origin(), "GET", "/pools?" + BatchWorld.VERSION)
                    .header("Authorization", authorization)
                    .header("ocp-date", HTTP_DATE.format(now))
                    .send(),
                400,
                "InvalidAuthenticationInfo"))
        .containsExactly(
            entry(
                "AuthenticationErrorDetail",
                "SharedKey credentials have the form account:signature."));
  }

  @Test
  @Covers("batch.common.links-follow-caller")
  void nextLinkCanBeSignedAndFollowed() {
    Node node = world.node(BatchWorld.linuxPool(world.newPoolId(), 2));
    String nodes = "/pools/" + node.poolId() + "/nodes";
    Answer first =
        undated("GET", nodes, "maxresults=1&" + BatchWorld.VERSION)
            .header("ocp-date", HTTP_DATE.format(now))
            .resourceQuery("api-version:2023-11-01.18.0", "maxresults:1")
            .send();
    String link = first.json().get("odata.nextLink").asText();
    assertThat(link).startsWith(world.origin() + nodes + "?maxresults=1&" + BatchWorld.VERSION);
    String query = link.substring(link.indexOf('?') + 1);
    String token = query.substring(query.indexOf("$skiptoken=") + "$skiptoken=".length());

    Answer second =
        undated("GET", nodes, query)
            .header("ocp-date", HTTP_DATE.format(now))
            .resourceQuery("$skiptoken:" + token, "api-version:2023-11-01.18.0", "maxresults:1")
            .send();

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json().get("value")).hasSize(1);
    assertThat(second.json().get("value").get(0).get("id"))
        .isNotEqualTo(first.json().get("value").get(0).get("id"));
    assertThat(second.json().has("odata.nextLink")).isFalse();
  }
}
