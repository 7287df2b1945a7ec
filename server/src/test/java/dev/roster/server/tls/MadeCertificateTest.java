package dev.roster.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MadeCertificateTest {

  private static final Instant START = Instant.parse("2026-11-21T20:30:19.5Z");

  /** A day earlier, in whole seconds. */
  private static final Instant BEGIN = Instant.parse("2026-11-20T20:30:19Z");

  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_CERT_SIGN = 5;
  private static final int CRL_SIGN = 6;

  private static final List<String> CERTIFICATE_FILES =
      List.of("ca.pem", "tls/authority.pem", "tls/server.pem", "truststore.p12");

  @TempDir private Path dataDir;

  @Test
  void firstStartMakesWhatTheServerAndItsClientsNeed() throws Exception {
    prepare(START);

    assertThat(files().keySet())
        .containsExactly(
            "ca.pem", "tls/authority.pem", "tls/lock", "tls/server.pem", "truststore.p12");
    assertThat(permissions("tls")).isEqualTo("rwx------");
    assertThat(permissions("tls/authority.pem")).isEqualTo("rw-------");
    assertThat(permissions("tls/server.pem")).isEqualTo("rw-------");
    assertThat(permissions("ca.pem")).isEqualTo("rw-r--r--");
    assertThat(permissions("truststore.p12")).isEqualTo("rw-r--r--");
    assertThat(read("ca.pem")).doesNotContain("PRIVATE");
    assertVerifies(authority(), server(), START);
  }

  @Test
  void authorityMayOnlyIssueCertificatesForServers() throws Exception {
    prepare(START);

    X509Certificate authority = authority();
    assertThat(authority.getBasicConstraints()).isEqualTo(1);
    assertThat(issuer().getBasicConstraints()).isZero();
    for (X509Certificate certificate : List.of(authority, issuer())) {
      assertThat(usages(certificate)).containsExactly(KEY_CERT_SIGN, CRL_SIGN);
      assertThat(certificate.getCriticalExtensionOIDs())
          .containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15", "2.5.29.30");
    }
    assertThat(authority.getSubjectX500Principal()).isEqualTo(authority.getIssuerX500Principal());
    assertThat(authority.getSubjectX500Principal().getName())
        .matches("CN=Roster test authority [0-9a-f]{8}");
    assertThat(authority.getNotBefore()).isEqualTo(BEGIN);
    assertThat(authority.getNotAfter()).isEqualTo(Instant.parse("2036-11-20T20:30:19Z"));
    assertThat(authority.getSigAlgName()).isEqualTo("SHA256withECDSA");
  }

  @Test
  void serverCertificateIsAsClientsAskForIt() throws Exception {
    prepare(START);

    X509Certificate server = server();
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(usages(server)).containsExactly(DIGITAL_SIGNATURE);
    assertThat(server.getExtendedKeyUsage()).containsExactly(SERVER_AUTHENTICATION);
    assertThat(server.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "localhost"),
            List.of(2, "*.localhost"),
            List.of(7, "127.0.0.1"),
            List.of(7, "0:0:0:0:0:0:0:1"));
    assertThat(server.getNotBefore()).isEqualTo(BEGIN);
    // Both ends belong to the validity: 397 days.
    assertThat(server.getNotAfter()).isEqualTo(BEGIN.plus(Duration.ofDays(397)).minusSeconds(1));
    Extensions extensions = new JcaX509CertificateHolder(server).getExtensions();
    byte[] authorityKey =
        SubjectKeyIdentifier.fromExtensions(new JcaX509CertificateHolder(issuer()).getExtensions())
            .getKeyIdentifier();
    assertThat(AuthorityKeyIdentifier.fromExtensions(extensions).getKeyIdentifierOctets())
        .isEqualTo(authorityKey);
    assertThat(SubjectKeyIdentifier.fromExtensions(extensions).getKeyIdentifier())
        .isNotEqualTo(authorityKey);
  }

  @Test
  void everyDirectoryHasAnAuthorityOfItsOwn(@TempDir Path other) throws Exception {
    prepare(START);
    ServerCertificate.made(other, fixed(START)).prepare();

    X509Certificate otherAuthority =
        KeyAndChain.certificates(Files.readString(other.resolve("ca.pem"))).get(0);
    assertThat(otherAuthority.getSubjectX500Principal())
        .isNotEqualTo(authority().getSubjectX500Principal());
  }

  @Test
  void laterStartsKeepEveryFile() throws Exception {
    prepare(START);
    Map<String, String> made = files();

    prepare(START.plus(Duration.ofDays(100)));

    assertThat(files()).isEqualTo(made);
  }

  @Test
  void serverCertificateIsRenewedOnceItHasLessThanThirtyDaysLeft() throws Exception {
    prepare(START);
    Map<String, String> made = files();
    Instant thirtyDaysLeft = server().getNotAfter().toInstant().minus(Duration.ofDays(30));

    prepare(thirtyDaysLeft);
    assertThat(files()).isEqualTo(made);

    prepare(thirtyDaysLeft.plusMillis(1));
    assertThat(changed(made)).containsExactly("tls/server.pem");
    assertVerifies(authority(), server(), thirtyDaysLeft.plus(Duration.ofDays(60)));
  }

  @Test
  void serverCertificateThatIsNotValidYetIsMadeAnew() throws Exception {
    prepare(START);
    Map<String, String> made = files();
    Instant clockSetBack = START.minus(Duration.ofDays(2));

    prepare(clockSetBack);

    assertThat(changed(made)).containsExactlyElementsOf(CERTIFICATE_FILES);
    assertVerifies(authority(), server(), clockSetBack);
  }

  @Test
  void serverCertificateFollowsTheNames() throws Exception {
    prepare(START);
    Map<String, String> made = files();

    prepare(names("devbatch.roster.localhost", "127.71.0.64"), START);
    assertThat(changed(made)).as("the authority vouches").containsExactly("tls/server.pem");

    prepare(names("roster.example", "192.0.2.7", "localhost"), START);
    assertThat(changed(made)).as("it does not").containsExactlyElementsOf(CERTIFICATE_FILES);
    assertVerifies(authority(), server(), START);
    assertThat(server().getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "localhost"), List.of(2, "roster.example"), List.of(7, "192.0.2.7"));

    Map<String, String> remade = files();
    prepare(names("localhost", "192.0.2.7", "roster.example"), START);
    assertThat(files()).isEqualTo(remade);
  }

  @Test
  void authorityIsReplacedBeforeWhatItIssuesWouldOutliveIt() throws Exception {
    prepare(START);
    X509Certificate old = authority();
    Instant lastDay = old.getNotAfter().toInstant().minus(CertificateAuthority.SERVER_VALIDITY);
    prepare(lastDay);
    assertThat(authority()).isEqualTo(old);

    prepare(lastDay.plusMillis(1));

    assertThat(authority().getNotAfter()).isAfter(old.getNotAfter());
    assertVerifies(authority(), server(), lastDay);
    assertTrustStoreHolds(authority());
  }

  @Test
  void authorityOfAnOlderServerThatCouldVouchForAnythingIsReplaced() throws Exception {
    KeyAndChain old = TestAuthorities.unconstrained(START);
    Files.createDirectories(dataDir.resolve("tls"));
    Files.writeString(dataDir.resolve("tls/authority.pem"), old.toPem());

    prepare(START);

    assertThat(authority()).isNotEqualTo(old.certificate());
    assertThat(NameConstraint.permits(issuer(), names("login.microsoftonline.com"))).isFalse();
    assertVerifies(authority(), server(), START);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no PEM",
        "-----BEGIN PRIVATE KEY-----\nAAAA",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\n=A=\n-----END PRIVATE KEY-----\n",
        "\u00ff\u00fe"
      })
  void damagedServerCertificateIsMadeAnew(String content) throws Exception {
    prepare(START);
    Map<String, String> made = files();
    Files.writeString(dataDir.resolve("tls/server.pem"), content, StandardCharsets.ISO_8859_1);

    prepare(START);

    assertThat(changed(made)).containsExactly("tls/server.pem");
    assertThat(permissions("tls/server.pem")).isEqualTo("rw-------");
    assertVerifies(authority(), server(), START);
  }

  @Test
  void certificateWithoutItsOwnKeyIsMadeAnew() throws Exception {
    prepare(START);
    Map<String, String> made = files();
    String authority = read("tls/authority.pem");
    Files.writeString(
        dataDir.resolve("tls/server.pem"),
        authority.substring(0, authority.indexOf("-----BEGIN CERTIFICATE"))
            + KeyAndChain.toPem(server()));

    prepare(START);

    assertThat(changed(made)).containsExactly("tls/server.pem");
    assertVerifies(authority(), server(), START);
  }

  @Test
  void certificateOfAnotherAuthorityIsMadeAnew(@TempDir Path other) throws Exception {
    prepare(START);
    Map<String, String> made = files();
    ServerCertificate.made(other, fixed(START)).prepare();
    String foreign = Files.readString(other.resolve("tls/server.pem"));
    Files.writeString(dataDir.resolve("tls/server.pem"), foreign);

    prepare(START);

    assertThat(changed(made)).containsExactly("tls/server.pem");
    assertThat(read("tls/server.pem")).isNotEqualTo(foreign);
    assertVerifies(authority(), server(), START);
  }

  @Test
  void whatClientsNeedIsRestored() throws Exception {
    prepare(START);
    Map<String, String> made = files();

    for (String content : List.of("", "damaged")) {
      Files.writeString(dataDir.resolve("ca.pem"), content);
      Files.writeString(dataDir.resolve("truststore.p12"), content);
      prepare(START);
      assertThat(changed(made)).containsExactly("truststore.p12");
      assertTrustStoreHolds(authority());
    }
    Files.delete(dataDir.resolve("ca.pem"));
    Files.delete(dataDir.resolve("truststore.p12"));
    prepare(START);
    assertThat(changed(made)).containsExactly("truststore.p12");
    assertTrustStoreHolds(authority());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no PEM", "server"})
  void damagedAuthorityEndsTheStartAndNothingIsReplaced(String content) throws Exception {
    prepare(START);
    Path file = dataDir.resolve("tls/authority.pem");
    String server = read("tls/server.pem");
    // That of the server has a key and a certificate, but is nobody's authority.
    Files.writeString(file, content.equals("server") ? server : content);
    Map<String, String> damaged = files();

    assertThatThrownBy(() -> prepare(START))
        .isInstanceOf(StartupException.class)
        .hasMessageMatching(
            "the certificate authority \\Q"
                + file
                + "\\E is damaged \\([^()]+\\)\\. Put a copy of the file back, or delete it to have"
                + " a new authority made, whose \\Q"
                + dataDir.resolve("ca.pem")
                + "\\E clients have to be given\\.");

    assertThat(files()).isEqualTo(damaged);
  }

  @Test
  void deletedAuthorityIsReplacedWithEverythingItIssued() throws Exception {
    prepare(START);
    Map<String, String> made = files();
    Files.delete(dataDir.resolve("tls/authority.pem"));

    prepare(START);

    assertThat(changed(made)).containsExactlyElementsOf(CERTIFICATE_FILES);
    assertVerifies(authority(), server(), START);
  }

  @Test
  void whatAKilledStartLeftIsNoHindrance() throws Exception {
    Files.createDirectories(dataDir.resolve("tls"));
    for (String file : CERTIFICATE_FILES) {
      Files.writeString(dataDir.resolve(file + ".new"), "half");
    }

    prepare(START);

    assertThat(files().keySet()).doesNotContain("ca.pem.new", "tls/authority.pem.new");
    assertThat(permissions("tls/authority.pem")).isEqualTo("rw-------");
    assertVerifies(authority(), server(), START);
  }

  @Test
  void keysThatOthersMayReadAreClosedAgain() throws Exception {
    prepare(START);
    for (String file : List.of("tls", "tls/authority.pem", "tls/server.pem")) {
      Files.setPosixFilePermissions(
          dataDir.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    prepare(START);

    assertThat(permissions("tls")).isEqualTo("rwx------");
    assertThat(permissions("tls/authority.pem")).isEqualTo("rw-------");
    assertThat(permissions("tls/server.pem")).isEqualTo("rw-------");
  }

  @Test
  void folderThatCannotBeWrittenEndsTheStart() throws Exception {
    Files.writeString(dataDir.resolve("tls"), "in the way");

    assertThatThrownBy(() -> prepare(START))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "the https certificate in "
                + dataDir
                + " could not be made (java.nio.file.FileAlreadyExistsException: "
                + dataDir.resolve("tls")
                + "). Check that the folder is writable, choose another with roster.data-dir, or"
                + " set roster.https.enabled=false.");
  }

  @Test
  void trustStoreNeedsNoPassword() throws Exception {
    prepare(START);

    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(dataDir.resolve("truststore.p12"))) {
      store.load(in, null);
    }

    assertThat(Collections.list(store.aliases())).containsExactly("roster");
    assertThat(store.isCertificateEntry("roster")).isTrue();
    assertThat(store.getCertificate("roster")).isEqualTo(authority());
    assertTrustStoreHolds(authority());
  }

  @Test
  void quarkusGetsTheFilesUnderTheNameOfTheTlsConfiguration() {
    assertThat(ServerCertificate.made(dataDir, fixed(START)).quarkusProperties())
        .isEqualTo(
            Map.of(
                "quarkus.tls.roster.key-store.pem.0.cert", dataDir + "/tls/server.pem",
                "quarkus.tls.roster.key-store.pem.0.key", dataDir + "/tls/server.pem",
                "quarkus.http.tls-configuration-name", "roster"));
  }

  private void prepare(Instant now) {
    ServerCertificate.made(dataDir, fixed(now)).prepare();
  }

  private void prepare(SubjectNames names, Instant now) {
    new MadeCertificate(new CertificateFolder(dataDir), names, fixed(now)).prepare();
  }

  private static Clock fixed(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private static SubjectNames names(String... names) {
    SubjectNames all = new SubjectNames(new TreeSet<>(), new TreeSet<>());
    for (String name : names) {
      (Character.isDigit(name.charAt(0)) ? all.addresses() : all.dns()).add(name);
    }
    return all;
  }

  private X509Certificate authority() throws GeneralSecurityException, IOException {
    return KeyAndChain.certificates(read("ca.pem")).get(0);
  }

  /** Whose key the server has. */
  private X509Certificate issuer() throws GeneralSecurityException, IOException {
    return KeyAndChain.parse(read("tls/authority.pem")).certificate();
  }

  private X509Certificate server() throws GeneralSecurityException, IOException {
    return KeyAndChain.parse(read("tls/server.pem")).certificate();
  }

  private String read(String file) throws IOException {
    return Files.readString(dataDir.resolve(file));
  }

  /** Every file with its content. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(dataDir)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            dataDir.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  private Set<String> changed(Map<String, String> before) throws IOException {
    Map<String, String> changed = new LinkedHashMap<>(files());
    changed.entrySet().removeAll(before.entrySet());
    return changed.keySet();
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve(file)));
  }

  private static List<Integer> usages(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    return Stream.iterate(0, i -> i < usage.length, i -> i + 1).filter(i -> usage[i]).toList();
  }

  private void assertVerifies(X509Certificate authority, X509Certificate server, Instant at)
      throws Exception {
    PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    trust.setRevocationEnabled(false);
    trust.setDate(Date.from(at));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(server, issuer())),
            trust);
    assertThat(KeyAndChain.parse(read("tls/server.pem")).chain())
        .as("what clients are sent")
        .containsExactly(server(), issuer());
  }

  private void assertTrustStoreHolds(X509Certificate authority) throws Exception {
    assertThat(TrustStore.holds(dataDir.resolve("truststore.p12"), authority)).isTrue();
  }
}
