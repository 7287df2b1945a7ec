package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.tls.ServerCertificate;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.ServerProcess;
import dev.roster.testing.Trust;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged server over https. Every client of these tests checks the certificate. */
class TlsIT {

  private static final int REFUSED = 1;
  private static final Map<String, String> EMPTY_WORLD = Map.of("roster.sample-world", "false");

  // Of a TLS record (RFC 8446, section 5.1) and an alert (section 6)
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;

  private static final int TLS_1_0 = 0x0301;
  private static final int TLS_1_1 = 0x0302;
  private static final int TLS_1_2 = 0x0303;

  @TempDir private Path dataDir;
  @TempDir private Path elsewhere;

  @AfterEach
  void stopLeftovers() {
    Processes.stop(dataDir);
  }

  @Test
  void clientsThatTrustTheAuthorityCallTheServerOverHttps() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, Map.of())) {
      SSLContext trust = Trust.inStore(server.trustStore());
      int port = server.httpsEndpoint().getPort();
      for (String host : List.of("localhost", "127.0.0.1")) {
        assertThat(
                get(trust, URI.create("https://" + host + ":" + port), "/q/health/live").status())
            .as(host)
            .isEqualTo(200);
      }
      Accounts accounts = Accounts.ofSampleNode(server.httpsEndpoint(), trust);
      assertThat(accounts.add("alice")).isEqualTo("201");
      assertThat(accounts.update("alice")).isEqualTo("200");
      assertThat(Accounts.ofSampleNode(server.endpoint()).delete("alice")).isEqualTo("200");

      assertThatThrownBy(() -> get(SSLContext.getDefault(), server.httpsEndpoint(), "/q/health"))
          .isInstanceOf(SSLHandshakeException.class);
      assertThatThrownBy(() -> certificate(trust, server, "other.example"))
          .isInstanceOf(SSLHandshakeException.class);
      assertThat(server.log()).doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  @Test
  void authorityThatIsHandedOutVouchesForTheServer() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, EMPTY_WORLD)) {
      byte[] authority = Files.readAllBytes(dataDir.resolve("ca.pem"));
      Answer plain = Call.ofNoApi(server.endpoint().toString(), "/roster/ca.pem").send();
      assertThat(plain.status()).isEqualTo(200);
      assertThat(plain.header("Content-Type")).contains("application/pem-certificate-chain");
      assertThat(plain.bytes()).isEqualTo(authority);

      Answer secure = get(Trust.inPem(plain.bytes()), server.httpsEndpoint(), "/roster/ca.pem");
      assertThat(secure.status()).isEqualTo(200);
      assertThat(secure.bytes()).isEqualTo(authority);
    }
  }

  @Test
  void certificateSurvivesARestartAndIsRenewedWhenTheNamesChange() throws Exception {
    X509Certificate first = certificateOfAStart(EMPTY_WORLD, "localhost");

    assertThat(certificateOfAStart(EMPTY_WORLD, "localhost")).isEqualTo(first);

    byte[] authority = Files.readAllBytes(dataDir.resolve("ca.pem"));
    Map<String, String> named =
        Map.of("roster.sample-world", "false", "roster.https.names", "roster.example,192.0.2.7");
    X509Certificate renewed = certificateOfAStart(named, "roster.example");
    assertThat(renewed).isNotEqualTo(first);
    assertThat(renewed.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "localhost"),
            List.of(2, "*.localhost"),
            List.of(2, "roster.example"),
            List.of(7, "127.0.0.1"),
            List.of(7, "0:0:0:0:0:0:0:1"),
            List.of(7, "192.0.2.7"));
    assertThat(Files.readAllBytes(dataDir.resolve("ca.pem")))
        .as("the old one cannot vouch for these names")
        .isNotEqualTo(authority);
    assertThat(Files.readString(dataDir.resolve("server.log")))
        .contains("A new certificate authority was made, because it cannot vouch for all names");
  }

  @Test
  void certificateNearItsEndIsRenewedAndTheAuthorityKept() throws Exception {
    Clock clock = Clock.systemUTC();
    ServerCertificate.made(dataDir, Clock.offset(clock, Duration.ofDays(-370))).prepare();
    byte[] authority = Files.readAllBytes(dataDir.resolve("ca.pem"));
    byte[] server = Files.readAllBytes(dataDir.resolve("tls/server.pem"));

    X509Certificate renewed = certificateOfAStart(EMPTY_WORLD, "localhost");

    assertThat(renewed.getNotAfter())
        .isAfter(clock.instant().plus(Duration.ofDays(395)))
        .isBefore(clock.instant().plus(Duration.ofDays(397)));
    assertThat(Files.readAllBytes(dataDir.resolve("ca.pem"))).isEqualTo(authority);
    assertThat(Files.readAllBytes(dataDir.resolve("tls/server.pem"))).isNotEqualTo(server);
    assertThat(Files.readString(dataDir.resolve("server.log")))
        .contains("A new https certificate was made, because the old one is valid from ");
  }

  @Test
  void ownCertificateIsPresentedAndNoneIsMade() throws Exception {
    Map<String, String> own = ownFiles();
    try (ServerProcess server = ServerProcess.start(dataDir, own)) {
      SSLContext trust = Trust.inStore(elsewhere.resolve("truststore.p12"));
      Answer authority = get(trust, server.httpsEndpoint(), "/roster/ca.pem");

      assertThat(authority.status()).isEqualTo(404);
      assertThat(authority.text())
          .contains("\"code\":\"NO_AUTHORITY\"")
          .contains("roster.https.certificate");
      assertThat(dataDir.resolve("tls")).doesNotExist();
      assertThat(dataDir.resolve("ca.pem")).doesNotExist();
      assertThat(dataDir.resolve("truststore.p12")).doesNotExist();
      assertThat(server.log())
          .contains("  Certificate    " + own.get("roster.https.certificate"))
          .doesNotContain("Authority", "truststore.p12");
      assertThatThrownBy(server::trustStore).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void ownCertificateThatCannotWorkEndsTheStartWithOneLine() throws Exception {
    Map<String, String> own = ownFiles();
    String certificate = own.get("roster.https.certificate");
    String key = own.get("roster.https.key");

    assertRefused(
        Map.of("roster.https.key", key),
        "roster.https.key is set, but not roster.https.certificate. Set both, or neither to have a"
            + " certificate made.");
    assertRefused(
        Map.of("roster.https.certificate", key, "roster.https.key", key),
        "roster.https.certificate="
            + key
            + " is no chain of PEM certificates (there is no certificate in it).");
    assertRefused(
        Map.of("roster.https.certificate", certificate, "roster.https.key", elsewhere + "/no.key"),
        "roster.https.key=" + elsewhere + "/no.key cannot be read (there is no such file).");
    assertRefused(
        Map.of("roster.https.names", "roster.example,https://roster.example"),
        "roster.https.names: https://roster.example is neither a host name such as roster.example"
            + " or *.roster.example nor an IP address.");
  }

  @Test
  void damagedAuthorityEndsTheStartWithOneLineAndTheDatabaseWithIt() throws Exception {
    ServerCertificate.made(dataDir, Clock.systemUTC()).prepare();
    Path file = Files.writeString(dataDir.resolve("tls/authority.pem"), "damaged");

    StartAttempt attempt = StartAttempt.begin(dataDir, EMPTY_WORLD);

    assertThat(attempt.exitCode()).isEqualTo(REFUSED);
    assertThat(attempt.output())
        .containsExactly(
            "Roster did not start: the certificate authority "
                + file
                + " is damaged (there is no private key in it). Put a copy of the file back, or"
                + " delete it to have a new authority made, whose "
                + dataDir.resolve("ca.pem")
                + " clients have to be given.");
    assertThat(Processes.on(dataDir)).isEmpty();
  }

  @Test
  void onlyTheOwnerReadsTheKeysAndNoLogTellsThem() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(dataDir, Map.of("quarkus.log.level", "DEBUG"))) {
      get(Trust.inStore(server.trustStore()), server.httpsEndpoint(), "/q/health/live");
      assertThat(permissions("tls")).isEqualTo("rwx------");
      for (String file : List.of("tls/authority.pem", "tls/server.pem")) {
        assertThat(permissions(file)).as(file).isEqualTo("rw-------");
        String pem = Files.readString(dataDir.resolve(file));
        List<String> key =
            pem.lines().takeWhile(line -> !line.equals("-----END PRIVATE KEY-----")).toList();
        assertThat(key).hasSizeGreaterThan(2);
        assertThat(server.log()).doesNotContain(key.subList(1, key.size()));
      }
      assertThat(server.log()).doesNotContain("PRIVATE KEY");
    }
  }

  /** Not with Java's own client, which does not even offer what is older than TLS 1.2. */
  @Test
  void nothingOlderThanTls12IsSpoken() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, EMPTY_WORLD)) {
      assertThat(answerToHello(server, TLS_1_0)).isEqualTo("alert 70");
      assertThat(answerToHello(server, TLS_1_1)).isEqualTo("alert 70");
      assertThat(answerToHello(server, TLS_1_2)).isEqualTo("handshake");
    }
  }

  @Test
  void onlyAuthenticatedEncryptionIsSpokenAndNoClientNegotiatesAgain() throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, EMPTY_WORLD)) {
      SSLContext trust = Trust.inStore(server.trustStore());
      for (URI endpoint :
          List.of(
              server.httpsEndpoint(),
              server.nimbleEndpoint(),
              server.packAdminEndpoint(),
              server.packTenantEndpoint())) {
        int port = endpoint.getPort();
        for (String suite :
            List.of(
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")) {
          assertThat(agreedSuite(trust, port, suite)).isEqualTo(suite);
        }
        for (String suite :
            List.of(
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384")) {
          assertThatThrownBy(() -> agreedSuite(trust, port, suite))
              .as("%s at %d", suite, port)
              .isInstanceOf(SSLHandshakeException.class);
        }
        try (SSLSocket socket = tls12(trust, port, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")) {
          socket.startHandshake();
          assertThatThrownBy(
                  () -> {
                    socket.startHandshake();
                    socket.getInputStream().read();
                  })
              .as("a second handshake at %d", port)
              .isInstanceOf(SSLHandshakeException.class);
        }
      }
    }
  }

  private static String agreedSuite(SSLContext trust, int port, String suite) throws IOException {
    try (SSLSocket socket = tls12(trust, port, suite)) {
      socket.startHandshake();
      return socket.getSession().getCipherSuite();
    }
  }

  private static SSLSocket tls12(SSLContext trust, int port, String suite) throws IOException {
    SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    socket.setEnabledCipherSuites(new String[] {suite});
    socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
    return socket;
  }

  @Test
  void serversOfOneGivenAuthorityAreTrustedByTheSameClients() throws Exception {
    ServerCertificate.made(elsewhere, Clock.systemUTC()).prepare();
    String both = Files.readString(elsewhere.resolve("tls/authority.pem"));
    int begin = both.indexOf("-----BEGIN CERTIFICATE-----");
    Map<String, String> given =
        Map.of(
            "roster.sample-world",
            "false",
            "roster.https.authority.certificate",
            Files.writeString(elsewhere.resolve("ca-chain.pem"), both.substring(begin)).toString(),
            "roster.https.authority.key",
            Files.writeString(elsewhere.resolve("ca.key"), both.substring(0, begin)).toString());
    try (ServerProcess server = ServerProcess.start(dataDir, given)) {
      SSLContext trust = Trust.inStore(elsewhere.resolve("truststore.p12"));

      Answer authority = get(trust, server.httpsEndpoint(), "/roster/ca.pem");

      assertThat(authority.status()).isEqualTo(200);
      assertThat(authority.bytes()).isEqualTo(Files.readAllBytes(elsewhere.resolve("ca.pem")));
      assertThat(dataDir.resolve("tls/authority.pem")).doesNotExist();
    }
  }

  @Test
  void switchedOffTheServerHasNoSecondPortAndMakesNoCertificate() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            dataDir, Map.of("roster.sample-world", "false", "roster.https.enabled", "false"))) {
      Answer authority = Call.ofNoApi(server.endpoint().toString(), "/roster/ca.pem").send();
      assertThat(authority.status()).isEqualTo(404);
      assertThat(server.log())
          .doesNotContain("https://", "Authority", "Certificate", "WARN", "ERROR");
      assertThatThrownBy(server::httpsEndpoint).isInstanceOf(IllegalStateException.class);
      assertThat(dataDir.resolve("tls")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "roster.http.port, roster.https.port",
    "roster.http.port, roster.nimble.https.port",
    "roster.https.port, roster.nimble.https.port"
  })
  void twoListenersOnOnePortAreRefused(String first, String second) throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String port = Integer.toString(free);
    assertRefused(
        Map.of(first, port, second, port),
        first + " and " + second + " are both " + port + ". Set one of them to another port.");
  }

  private void assertRefused(Map<String, String> properties, String line) throws Exception {
    StartAttempt attempt = StartAttempt.begin(dataDir, properties);
    assertThat(attempt.exitCode()).isEqualTo(REFUSED);
    assertThat(attempt.output()).containsExactly("Roster did not start: " + line);
    assertThat(dataDir).isEmptyDirectory();
  }

  /** A certificate of another authority, in two files, as a deployer has them. */
  private Map<String, String> ownFiles() throws IOException {
    ServerCertificate.made(elsewhere, Clock.systemUTC()).prepare();
    String both = Files.readString(elsewhere.resolve("tls/server.pem"));
    int begin = both.indexOf("-----BEGIN CERTIFICATE-----");
    return Map.of(
        "roster.https.certificate",
        Files.writeString(elsewhere.resolve("chain.pem"), both.substring(begin)).toString(),
        "roster.https.key",
        Files.writeString(elsewhere.resolve("key.pem"), both.substring(0, begin)).toString());
  }

  private X509Certificate certificateOfAStart(Map<String, String> properties, String host)
      throws Exception {
    try (ServerProcess server = ServerProcess.start(dataDir, properties)) {
      return certificate(Trust.inStore(server.trustStore()), server, host);
    }
  }

  /** What the server presents to a client that knows it under that name. */
  private static X509Certificate certificate(SSLContext trust, ServerProcess server, String host)
      throws IOException {
    int port = server.httpsEndpoint().getPort();
    try (Socket connection = new Socket("127.0.0.1", port);
        SSLSocket socket =
            (SSLSocket) trust.getSocketFactory().createSocket(connection, host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** What Roster or Quarkus answers for itself. */
  private static Answer get(SSLContext trust, URI endpoint, String target) throws IOException {
    return Call.ofNoApi(endpoint.toString(), target).trusting(trust, Version.HTTP_2).attempt();
  }

  /**
   * What a client hears that speaks no other version; 70 is protocol_version. Java's own client
   * does not even offer the old ones.
   */
  private static String answerToHello(ServerProcess server, int version) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.httpsEndpoint().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(clientHello(version));
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int type = in.readUnsignedByte();
      // version, length, and the level of an alert
      in.skipNBytes(5);
      return switch (type) {
        case HANDSHAKE -> "handshake";
        case ALERT -> "alert " + in.readUnsignedByte();
        default -> "type " + type;
      };
    }
  }

  /** A hello that offers one version, ECDHE with ECDSA, and P-256. */
  private static byte[] clientHello(int version) {
    byte[] extensions = {
      0,
      10,
      0,
      4,
      0,
      2,
      0,
      23, // supported_groups: secp256r1
      0,
      13,
      0,
      6,
      0,
      4,
      4,
      3,
      2,
      3 // signature_algorithms: ECDSA with SHA-256 and SHA-1
    };
    byte[] suites = {(byte) 0xc0, 0x2b, (byte) 0xc0, 0x09};
    int length = 2 + 32 + 1 + 2 + suites.length + 2 + 2 + extensions.length;
    return ByteBuffer.allocate(5 + 4 + length)
        .put((byte) HANDSHAKE)
        .putShort((short) 0x0301)
        .putShort((short) (4 + length))
        .putInt(1 << 24 | length)
        .putShort((short) version)
        .put(new byte[32])
        .put((byte) 0)
        .putShort((short) suites.length)
        .put(suites)
        .put(new byte[] {1, 0})
        .putShort((short) extensions.length)
        .put(extensions)
        .array();
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve(file)));
  }
}
