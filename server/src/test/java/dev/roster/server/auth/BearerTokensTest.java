package dev.roster.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.roster.testing.Configurations;
import dev.roster.testing.FaultyToken;
import dev.roster.testing.LogLines;
import dev.roster.testing.MutableClock;
import dev.roster.testing.TokenIssuer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensTest {

  private static final String AUDIENCE = "https://api.example.test/";
  private static final String UPN_URI = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static TokenIssuer issuer;
  private static TokenIssuer next;

  private final MutableClock clock = new MutableClock();

  @TempDir private Path folder;

  private Path file;
  private Instant now;

  @BeforeAll
  static void makeKeys() {
    issuer = TokenIssuer.withNewKey("first");
    next = TokenIssuer.withNewKey("next");
  }

  @BeforeEach
  void publishKeys() {
    now = clock.stop();
    file = folder.resolve("keys.json");
    TokenIssuer.publish(file, issuer);
  }

  private BearerTokens strict(String keys, String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("roster.auth", "strict");
    properties.put("roster.bearer.issuer", TokenIssuer.NAME);
    properties.put("roster.bearer.keys", keys);
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return new BearerTokens(Configurations.of(properties), clock);
  }

  private BearerTokens strict() {
    return strict(file.toString());
  }

  private static boolean takes(BearerTokens tokens, String token) {
    return tokens.check(token, Set.of(AUDIENCE)).isPresent();
  }

  private JWTClaimsSet.Builder claims() {
    return TokenIssuer.claims(AUDIENCE, now);
  }

  // ---- tokens

  @Test
  void goodTokenTellsItsUserItsEndAndItsAudiences() {
    Optional<BearerToken> token =
        strict().check(issuer.token(AUDIENCE, now), Set.of("https://other.test", AUDIENCE));

    assertThat(token)
        .contains(
            new BearerToken(
                Optional.of("subject"), Optional.of(now.plus(TokenIssuer.LIFE)), Set.of(AUDIENCE)));
  }

  @ParameterizedTest
  @EnumSource(FaultyToken.class)
  void faultyTokenIsNotTaken(FaultyToken fault) {
    assertThat(strict().check(fault.of(issuer, AUDIENCE, now), Set.of(AUDIENCE))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "a b",
        ".",
        "..",
        "a.b.c",
        "....",
        "e30.e30.e30",
        "e30..",
        "\u00e9.\u00e9.\u00e9"
      })
  void whatIsNoTokenIsNotTaken(String token) {
    assertThat(takes(strict(), token)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void emptyTokenIsTakenInNeitherMode(String token) {
    assertThat(takes(strict(), token)).isFalse();
    assertThat(takes(new BearerTokens(Configurations.of(Map.of()), clock), token)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(FaultyToken.class)
  void lenientModeTakesAnyTokenAndLooksIntoNone(FaultyToken fault) {
    BearerTokens lenient = new BearerTokens(Configurations.of(Map.of()), clock);

    assertThat(lenient.check(fault.of(issuer, AUDIENCE, now), Set.of(AUDIENCE)))
        .contains(new BearerToken(Optional.empty(), Optional.empty(), Set.of()));
  }

  @Test
  void strictModeWithoutAnIssuerTakesNone() {
    BearerTokens tokens =
        new BearerTokens(Configurations.of(Map.of("roster.auth", "strict")), clock);

    assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isFalse();
    assertThat(takes(tokens, "anything")).isFalse();
  }

  /** In each header at a time there is a value of another kind than the header's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alg",
        "typ",
        "cty",
        "crit",
        "jku",
        "jwk",
        "x5u",
        "x5t",
        "x5t#S256",
        "x5c",
        "kid",
        "b64",
        "enc",
        "zip",
        "epk",
        "p2c",
        "iv",
        "tag"
      })
  void oddHeadersAreNoFailure(String header) {
    BearerTokens tokens = strict();
    String claims = Base64URL.encode(claims().build().toString()).toString();
    for (String value :
        List.of("null", "1", "1e400", "\"\"", "\"x\"", "[]", "[null]", "{}", "true", "\"none\"")) {
      for (String others : List.of("", "\"alg\":\"RS256\",", "\"alg\":\"RSA-OAEP-256\",")) {
        String head = Base64URL.encode("{%s\"%s\":%s}".formatted(others, header, value)).toString();
        for (String rest :
            List.of("." + claims + ".", "." + claims + ".AAAA", "....", ".a.b.c.d")) {
          assertThat(takes(tokens, head + rest)).as(header + " " + value + rest).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"aud\": [null, \"https://api.example.test/\"], \"exp\": %d | true",
        "\"aud\": [null], \"exp\": %d | false",
        "\"aud\": [], \"exp\": %d | false",
        "\"aud\": 1, \"exp\": %d | false",
        "\"aud\": \"https://api.example.test/\", \"exp\": \"%d\" | false",
        "\"aud\": \"https://api.example.test/\", \"exp\": {\"x\": %d} | false",
        "\"aud\": \"https://api.example.test/\", \"exp\": -%d | false"
      })
  void oddClaimsAreNoFailure(String claims, boolean taken) {
    String token =
        issuer.sign(
            "{\"iss\": \"%s\", %s}"
                .formatted(TokenIssuer.NAME, claims.formatted(now.getEpochSecond() + 60)));

    assertThat(takes(strict(), token)).isEqualTo(taken);
  }

  @Test
  void audienceThatIsNullIsNotTold() {
    String token =
        issuer.sign(
            "{\"iss\": \"%s\", \"aud\": [null, \"%s\"], \"exp\": %d}"
                .formatted(TokenIssuer.NAME, AUDIENCE, now.getEpochSecond() + 60));

    assertThat(strict().check(token, Set.of(AUDIENCE)))
        .contains(
            new BearerToken(Optional.empty(), Optional.of(now.plusSeconds(60)), Set.of(AUDIENCE)));
  }

  @Test
  void oneOfSeveralAudiencesIsEnough() {
    String token = issuer.sign(claims().audience(List.of("urn:one", AUDIENCE, "urn:two")).build());

    assertThat(strict().check(token, Set.of("urn:three", "urn:two")).orElseThrow().audiences())
        .containsExactlyInAnyOrder("urn:one", AUDIENCE, "urn:two");
    assertThat(strict().check(token, Set.of("urn:three"))).isEmpty();
  }

  @Test
  void audiencesOfOneApiAreNotThoseOfAnother() {
    BearerTokens tokens = strict();
    String token = issuer.token("urn:one", now);

    assertThat(tokens.check(token, Set.of("urn:one"))).isPresent();
    assertThat(tokens.check(token, Set.of("urn:two"))).isEmpty();
    assertThat(tokens.check(token, Set.of("urn:one"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
  void typeOfAnAccessTokenIsTaken(String type) {
    String token =
        issuer.sign(issuer.header().type(new JOSEObjectType(type)).build(), claims().build());

    assertThat(takes(strict(), token)).isTrue();
  }

  static Stream<Arguments> signatures() throws JOSEException {
    RSAKey rsa = new RSAKeyGenerator(2048).keyID("k").generate();
    List<Arguments> signatures = new ArrayList<>();
    for (JWSAlgorithm algorithm :
        List.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512)) {
      signatures.add(Arguments.of(algorithm, rsa));
    }
    signatures.add(Arguments.of(JWSAlgorithm.ES256, elliptic(Curve.P_256)));
    signatures.add(Arguments.of(JWSAlgorithm.ES384, elliptic(Curve.P_384)));
    signatures.add(Arguments.of(JWSAlgorithm.ES512, elliptic(Curve.P_521)));
    return signatures.stream();
  }

  private static ECKey elliptic(Curve curve) throws JOSEException {
    return new ECKeyGenerator(curve).keyID("k").generate();
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void asymmetricSignaturesAreTaken(JWSAlgorithm algorithm, JWK key) throws IOException {
    Files.writeString(file, new JWKSet(key).toString(true));
    JWSHeader header = new JWSHeader.Builder(algorithm).keyID("k").build();

    assertThat(takes(strict(), TokenIssuer.sign(header, claims().build(), key))).isTrue();
  }

  @Test
  void keyForEncryptionSignsNothing() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").keyUse(KeyUse.ENCRYPTION).generate();
    Files.writeString(file, new JWKSet(key).toString(true));
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build();
    RSAKey signing = new RSAKey.Builder(key).keyUse(null).build();

    assertThat(takes(strict(), TokenIssuer.sign(header, claims().build(), signing))).isFalse();
  }

  @Test
  void keyThatDoesNotListVerifyVerifiesNothing() throws Exception {
    RSAKey key =
        new RSAKeyGenerator(2048).keyID("k").keyOperations(Set.of(KeyOperation.ENCRYPT)).generate();
    Files.writeString(file, new JWKSet(List.of(key, issuer.publicKey())).toString(true));
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build();
    RSAKey signing = new RSAKey.Builder(key).keyOperations(null).build();

    assertThat(takes(strict(), TokenIssuer.sign(header, claims().build(), signing))).isFalse();
  }

  @Test
  void shortKeyVerifiesNothingAndTheLogNamesIt() throws Exception {
    RSAKey key = new RSAKeyGenerator(1024, true).keyID("short").generate();
    Files.writeString(file, new JWKSet(List.of(key, issuer.publicKey())).toString(true));
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("short").build();
    SignedJWT token = new SignedJWT(header, claims().build());
    token.sign(new RSASSASigner(key.toPrivateKey(), true));

    try (LogLines log = new LogLines()) {
      BearerTokens tokens = strict();
      assertThat(takes(tokens, token.serialize())).isFalse();
      assertThat(takes(tokens, token.serialize())).isFalse();
      assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();

      assertThat(log.lines().stream().filter(line -> line.contains("are not used")))
          .singleElement(STRING)
          .contains("[short (RSA, 1024 bits)]");
    }
  }

  @Test
  void setOfShortKeysIsRefusedAtTheStart() throws Exception {
    RSAKey key = new RSAKeyGenerator(1024, true).keyID("short").generate();
    Files.writeString(file, new JWKSet(key).toString(true));

    assertThatThrownBy(() -> TrustedKeys.check(file.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage("it holds no RSA key with 2048 bits or more and no EC key");
  }

  @Test
  void tokenThatNamesNoKeyIsCheckedWithAll() {
    TokenIssuer.publish(file, next, issuer);
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).build();

    assertThat(takes(strict(), issuer.sign(header, claims().build()))).isTrue();
  }

  // ---- time

  @ParameterizedTest
  @CsvSource({
    "PT1M, -59, true",
    "PT1M, -60, false",
    "PT0S, 1, true",
    "PT0S, -1, false",
    "PT1H, -3599, true"
  })
  void endMayBePastByTheClockSkew(String skew, int secondsFromNow, boolean taken) {
    BearerTokens tokens = strict(file.toString(), "roster.bearer.clock-skew", skew);
    String token =
        issuer.sign(
            claims()
                .notBeforeTime(null)
                .expirationTime(Date.from(now.plusSeconds(secondsFromNow)))
                .build());

    assertThat(takes(tokens, token)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    "PT1M, 59, true",
    "PT1M, 61, false",
    "PT0S, -1, true",
    "PT0S, 1, false",
    "PT1H, 3599, true"
  })
  void beginningMayComeLaterByTheClockSkew(String skew, int secondsFromNow, boolean taken) {
    BearerTokens tokens = strict(file.toString(), "roster.bearer.clock-skew", skew);
    String token =
        issuer.sign(claims().notBeforeTime(Date.from(now.plusSeconds(secondsFromNow))).build());

    assertThat(takes(tokens, token)).isEqualTo(taken);
  }

  @Test
  void takenTokenEndsAsTimeGoesBy() {
    BearerTokens tokens = strict();
    String token = issuer.token(AUDIENCE, now);
    assertThat(takes(tokens, token)).isTrue();

    clock.advance(TokenIssuer.LIFE.plusSeconds(60));

    assertThat(takes(tokens, token)).isFalse();
  }

  @Test
  void beginningMayBeMissing() {
    assertThat(takes(strict(), issuer.sign(claims().notBeforeTime(null).build()))).isTrue();
  }

  // ---- user

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "u@x  | v@x | w@x | u@x",
        "-    | v@x | w@x | v@x",
        "-    | -   | w@x | w@x",
        "-    | -   | -   | subject",
        "''   | ' ' | w@x | w@x"
      })
  void userIsTheFirstThatIsNamed(String upn, String uri, String uniqueName, String user) {
    String token =
        issuer.sign(
            claims()
                .claim("upn", upn)
                .claim(UPN_URI, uri)
                .claim("unique_name", uniqueName)
                .build());

    assertThat(strict().check(token, Set.of(AUDIENCE)).orElseThrow().user()).contains(user);
  }

  @Test
  void userThatIsNoTextIsPassedOver() {
    String token =
        issuer.sign(claims().claim("upn", List.of("u@x")).claim("unique_name", "a\u0000b").build());

    assertThat(strict().check(token, Set.of(AUDIENCE)).orElseThrow().user()).contains("subject");
  }

  // ---- keys in a file

  @Test
  void newKeyIsTakenAtOnceWhenATokenNamesIt() {
    BearerTokens tokens = strict();
    assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();
    assertThat(takes(tokens, next.token(AUDIENCE, now))).isFalse();

    TokenIssuer.publish(file, issuer, next);

    assertThat(takes(tokens, next.token(AUDIENCE, now))).isTrue();
    assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();
  }

  @Test
  void removedKeyIsTakenNoLongerThanKeysAreKept() {
    BearerTokens tokens = strict();
    String token = issuer.token(AUDIENCE, now);
    assertThat(takes(tokens, token)).isTrue();
    TokenIssuer.publish(file, next);
    clock.advance(KEPT.minusSeconds(1));
    assertThat(takes(tokens, token)).isTrue();

    clock.advance(Duration.ofSeconds(2));

    assertThat(takes(tokens, token)).isFalse();
  }

  @Test
  void removedKeyIsGoneWhenItsSuccessorIsRead() {
    BearerTokens tokens = strict();
    assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();
    TokenIssuer.publish(file, next);

    assertThat(takes(tokens, next.token(AUDIENCE, now))).isTrue();

    assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isFalse();
  }

  /** An issuer that is set up again may give its new key the id of the former one. */
  @Test
  void newKeyWithTheFormerKeysIdIsAcceptedAtOnce() {
    BearerTokens tokens = strict();
    TokenIssuer again = TokenIssuer.withNewKey("first");
    assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();
    assertThat(takes(tokens, again.token(AUDIENCE, now))).isFalse();

    TokenIssuer.publish(file, again);

    assertThat(takes(tokens, again.token(AUDIENCE, now))).isTrue();
    assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"keys\": 1}"})
  void damagedFileMeansThatNothingCanBeTold(String content) throws IOException {
    Files.writeString(file, content);
    BearerTokens tokens = strict();
    String token = issuer.token(AUDIENCE, now);

    assertUnavailable(tokens, token);

    TokenIssuer.publish(file, issuer);
    assertThat(takes(tokens, token)).isTrue();
  }

  @Test
  void keysAreKeptForAWhileWhenTheFileIsAway() throws IOException {
    BearerTokens tokens = strict();
    String token = issuer.token(AUDIENCE, now);
    assertThat(takes(tokens, token)).isTrue();
    Files.delete(file);

    assertThat(takes(tokens, token)).isTrue();
    assertUnavailable(tokens, next.token(AUDIENCE, now));
    clock.advance(KEPT.plusSeconds(1));
    assertUnavailable(tokens, token);
  }

  /** Who is refused in any case need not wait for the keys. */
  @ParameterizedTest
  @EnumSource(
      names = {"ALGORITHM_NONE", "PUBLIC_KEY_AS_SECRET", "ENCRYPTED", "OVERSIZED", "NO_TOKEN"})
  void keysAreNotNeededForWhatIsNoSignedToken(FaultyToken fault) throws IOException {
    Files.delete(file);

    assertThat(takes(strict(), fault.of(issuer, AUDIENCE, now))).isFalse();
  }

  private static void assertUnavailable(BearerTokens tokens, String token) {
    assertThatThrownBy(() -> takes(tokens, token))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageStartingWith("the keys of roster.bearer.keys cannot be read (")
        .hasMessageNotContaining(token);
  }

  // ---- the log

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXPIRED | Expired JWT",
        "NOT_YET_VALID | JWT before use time",
        "WRONG_ISSUER | its iss is https://issuer.example.test, expected https://issuer.example.test/",
        "WRONG_AUDIENCE | its aud is [https://api.example.test//x, https://graph.microsoft.com/], expected one of [https://api.example.test/]",
        "UNKNOWN_KEY | no matching key(s) found",
        "WRONG_KEY | Invalid signature",
        "EMPTY_CRITICAL_HEADER | its header has crit",
        "OVERSIZED | more than 16384 characters",
        "NO_TOKEN | it is not a JWT"
      })
  void refusalsAreLoggedWithTheirReason(FaultyToken fault, String reason) {
    String token = fault.of(issuer, AUDIENCE, now);
    try (LogLines log = new LogLines()) {
      assertThat(takes(strict(), token)).isFalse();

      assertThat(log.lines().stream().filter(line -> line.contains("A bearer token was refused")))
          .singleElement(STRING)
          .contains(reason);
      assertThat(log.lines()).noneMatch(line -> line.contains(token.substring(0, 20)));
    }
  }

  @Test
  void refusalsFillNoLog() {
    BearerTokens tokens = strict();
    try (LogLines log = new LogLines()) {
      for (int i = 0; i < 50; i++) {
        takes(tokens, "x");
      }
      assertThat(refusals(log)).hasSize(10);

      clock.advance(Duration.ofMinutes(1));
      takes(tokens, "x");

      assertThat(refusals(log)).hasSize(12).anyMatch(line -> line.contains("40 more"));
    }
  }

  @Test
  void claimsOfACallerStayOnOneLine() {
    String token = issuer.sign(claims().issuer("a\nb\u001b[2J" + "c".repeat(1000)).build());
    try (LogLines log = new LogLines()) {
      takes(strict(), token);

      assertThat(refusals(log))
          .singleElement(STRING)
          .contains("a?b?[2J")
          .hasSizeLessThan(500)
          .doesNotContain("\n");
    }
  }

  private static List<String> refusals(LogLines log) {
    return log.lines().stream().filter(line -> line.contains("refused")).toList();
  }

  // ---- keys at a URL

  /** Answers with keys. */
  private static final class KeyServer implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile String keys;
    private volatile int status = 200;

    KeyServer(TokenIssuer... issuers) throws IOException {
      keys = TokenIssuer.jwkSet(issuers);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/keys",
          exchange -> {
            requests.incrementAndGet();
            byte[] body = keys.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  void oneReadingServesManyTokens() throws IOException {
    try (KeyServer server = new KeyServer(issuer)) {
      BearerTokens tokens = strict(server.url());
      assertThat(server.requests).hasValue(0);

      for (int i = 0; i < 100; i++) {
        assertThat(takes(tokens, issuer.sign(claims().jwtID("id-" + i).build()))).isTrue();
      }

      assertThat(server.requests).hasValue(1);
      clock.advance(KEPT.plusSeconds(1));
      assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();
      assertThat(server.requests).hasValue(2);
    }
  }

  @Test
  void keysAtAUrlAreRotated() throws IOException {
    try (KeyServer server = new KeyServer(issuer)) {
      BearerTokens tokens = strict(server.url());
      assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();

      server.keys = TokenIssuer.jwkSet(next);

      assertThat(takes(tokens, next.token(AUDIENCE, now))).isTrue();
      assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isFalse();
      assertThat(takes(tokens, next.token(AUDIENCE, now))).isTrue();
    }
  }

  @Test
  void newKeyIsTakenForAllWhoNameItAtTheSameTime() throws Exception {
    int callers = 16;
    try (KeyServer server = new KeyServer(issuer)) {
      BearerTokens tokens = strict(server.url());
      assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();
      server.keys = TokenIssuer.jwkSet(issuer, next);
      String token = next.token(AUDIENCE, now);
      CyclicBarrier start = new CyclicBarrier(callers);
      ExecutorService threads = Executors.newFixedThreadPool(callers);
      try {
        List<Future<Boolean>> taken = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
          taken.add(
              threads.submit(
                  () -> {
                    start.await();
                    return takes(tokens, token);
                  }));
        }

        for (Future<Boolean> one : taken) {
          assertThat(one.get()).isTrue();
        }
        assertThat(server.requests).hasValue(2);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void tokensWithKeysOfNobodyAreRefusedWithoutAskingEachTime() throws IOException {
    try (KeyServer server = new KeyServer(issuer)) {
      BearerTokens tokens = strict(server.url());
      String unknown = FaultyToken.UNKNOWN_KEY.of(issuer, AUDIENCE, now);

      for (int i = 0; i < 100; i++) {
        assertThat(takes(tokens, unknown)).isFalse();
        assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();
      }

      assertThat(server.requests).hasValue(2);
      server.keys = TokenIssuer.jwkSet(issuer, next);
      clock.advance(PAUSE);
      assertThat(takes(tokens, next.token(AUDIENCE, now))).isTrue();
      assertThat(server.requests).hasValue(3);
    }
  }

  @Test
  void forgedSignaturesAreRefusedWithoutAskingEachTime() throws IOException {
    try (KeyServer server = new KeyServer(issuer)) {
      BearerTokens tokens = strict(server.url());
      TokenIssuer again = TokenIssuer.withNewKey("first");

      for (int i = 0; i < 100; i++) {
        assertThat(takes(tokens, again.token(AUDIENCE, now))).isFalse();
        assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();
      }

      assertThat(server.requests).hasValue(2);
      server.keys = TokenIssuer.jwkSet(again);
      clock.advance(PAUSE);
      assertThat(takes(tokens, again.token(AUDIENCE, now))).isTrue();
      assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isFalse();
    }
  }

  /** The keys that are kept refuse it, so that it is no matter of the server that is away. */
  @Test
  void forgedSignatureIsRefusedWhenTheServerIsAway() throws IOException {
    BearerTokens tokens;
    try (KeyServer server = new KeyServer(issuer)) {
      tokens = strict(server.url());
      assertThat(takes(tokens, issuer.token(AUDIENCE, now))).isTrue();
    }

    assertThat(takes(tokens, FaultyToken.WRONG_KEY.of(issuer, AUDIENCE, now))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"503, ''", "404, {}", "200, no keys", "200, {}"})
  void urlThatGivesNoKeysMeansThatNothingCanBeTold(int status, String answer) throws IOException {
    try (KeyServer server = new KeyServer(issuer)) {
      BearerTokens tokens = strict(server.url());
      String good = server.keys;
      server.status = status;
      server.keys = answer;
      String token = issuer.token(AUDIENCE, now);

      for (int i = 0; i < 10; i++) {
        assertUnavailable(tokens, token);
      }

      assertThat(server.requests).hasValue(2);
      server.status = 200;
      server.keys = good;
      clock.advance(PAUSE);
      assertThat(takes(tokens, token)).isTrue();
    }
  }

  @Test
  void keysAreKeptForAWhileWhenTheServerIsAway() throws IOException {
    BearerTokens tokens;
    String token = issuer.token(AUDIENCE, now);
    try (KeyServer server = new KeyServer(issuer)) {
      tokens = strict(server.url());
      assertThat(takes(tokens, token)).isTrue();
    }

    assertThat(takes(tokens, token)).isTrue();
    clock.advance(KEPT.plusSeconds(1));
    assertUnavailable(tokens, token);
  }
}
