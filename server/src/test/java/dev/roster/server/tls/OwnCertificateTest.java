package dev.roster.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnCertificateTest {

  private static final Instant START = Instant.parse("2026-11-21T20:30:19Z");
  private static final String NO_KEY =
      " is no unencrypted PKCS8 key of RSA or EC (PEM, BEGIN PRIVATE KEY). For a key in another"
          + " format: openssl pkcs8 -topk8 -nodes -in <key> -out <new key>.";

  @TempDir private Path folder;

  private Path certificate;
  private Path key;

  /** What is configured. */
  private record Configured(Optional<Path> certificate, Optional<Path> key)
      implements RosterConfig.Https {

    @Override
    public boolean enabled() {
      return true;
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public Authority authority() {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<List<String>> names() {
      return Optional.empty();
    }
  }

  @BeforeEach
  void writeOwnFiles() throws Exception {
    CertificateAuthority authority = CertificateAuthority.make(SubjectNames.ofThisMachine(), START);
    KeyAndChain own = authority.issue(SubjectNames.ofThisMachine(), START);
    certificate =
        write(
            "own.pem",
            "Comments and attributes may stand around the blocks.\n"
                + KeyAndChain.toPem(own.certificate())
                + KeyAndChain.toPem(authority.identity().certificate()));
    key = write("own.key", Pem.block("PRIVATE KEY", own.key().getEncoded()));
  }

  @Test
  void ownFilesAreUsedAsTheyAre() {
    ServerCertificate own = OwnCertificate.configured(both(), at(START));
    own.prepare();

    assertThat(own.chainFile()).isEqualTo(certificate);
    assertThat(own.keyFile()).isEqualTo(key);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("own.pem", "own.key");
  }

  @Test
  void keysOfRsaAreTaken() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    X500Principal name = new X500Principal("CN=localhost");
    Files.writeString(
        certificate,
        KeyAndChain.toPem(
            new JcaX509CertificateConverter()
                .getCertificate(
                    new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(START),
                            Date.from(START.plusSeconds(60)),
                            name,
                            keys.getPublic())
                        .build(
                            new JcaContentSignerBuilder("SHA256withRSA")
                                .build(keys.getPrivate())))));
    assertRefused(
        both(),
        START,
        "roster.https.key="
            + key
            + " is not the key of the first certificate in roster.https.certificate="
            + certificate
            + ".");

    Files.writeString(key, Pem.block("PRIVATE KEY", keys.getPrivate().getEncoded()));
    assertThat(OwnCertificate.configured(both(), at(START)).keyFile()).isEqualTo(key);
  }

  @Test
  void oneFileWithoutTheOtherIsRefused() {
    assertRefused(
        new Configured(Optional.of(certificate), Optional.empty()),
        START,
        "roster.https.certificate is set, but not roster.https.key. Set both, or neither to have a"
            + " certificate made.");
    assertRefused(
        new Configured(Optional.empty(), Optional.of(key)),
        START,
        "roster.https.key is set, but not roster.https.certificate. Set both, or neither to have a"
            + " certificate made.");
  }

  @Test
  void filesThatCannotBeReadAreRefused() throws Exception {
    Path missing = folder.resolve("missing");
    assertRefused(
        new Configured(Optional.of(missing), Optional.of(key)),
        START,
        "roster.https.certificate=" + missing + " cannot be read (there is no such file).");
    assertRefused(
        new Configured(Optional.of(certificate), Optional.of(missing)),
        START,
        "roster.https.key=" + missing + " cannot be read (there is no such file).");
    assertRefused(
        new Configured(Optional.of(folder), Optional.of(key)),
        START,
        "roster.https.certificate=" + folder + " cannot be read (Is a directory).");
    Files.write(key, new byte[] {(byte) 0xff, 0});
    assertRefused(both(), START, "roster.https.key=" + key + " cannot be read (it is no text).");
  }

  @Test
  void certificatesThatAreNoneAreRefused() throws Exception {
    String line = "roster.https.certificate=" + certificate + " is no chain of PEM certificates (";
    String good = Files.readString(certificate);

    Files.writeString(certificate, Files.readString(key));
    assertRefused(both(), START, line + "there is no certificate in it).");
    Files.writeString(certificate, good.substring(0, good.length() - 40));
    assertRefused(both(), START, line + "a PEM block in it is not complete).");
    Files.writeString(certificate, Pem.block("CERTIFICATE", new byte[] {1, 2, 3}));
    assertRefused(both(), START, line + "a certificate cannot be read).");
    Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\n=A=\n-----END CERTIFICATE-----\n");
    assertRefused(both(), START, line + "a PEM block in it is not base64).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
  void keysOfOtherFormatsAreRefused(String label) throws Exception {
    Files.writeString(key, Pem.block(label, new byte[] {1, 2, 3}));
    assertRefused(both(), START, "roster.https.key=" + key + NO_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "RSASSA-PSS", "X25519"})
  void keysOfOtherKindsAreRefused(String algorithm) throws Exception {
    byte[] encoded =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
    Files.writeString(key, Pem.block("PRIVATE KEY", encoded));
    assertRefused(both(), START, "roster.https.key=" + key + NO_KEY);
  }

  @Test
  void certificatesOutOfTheirTimeAreRefused() {
    assertRefused(
        both(),
        START.plus(Duration.ofDays(400)),
        "roster.https.certificate=" + certificate + " expired on 2027-12-22T20:30:18Z.");
    assertRefused(
        both(),
        START.minus(Duration.ofDays(2)),
        "roster.https.certificate=" + certificate + " is not valid before 2026-11-20T20:30:19Z.");
  }

  private Configured both() {
    return new Configured(Optional.of(certificate), Optional.of(key));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private static void assertRefused(RosterConfig.Https https, Instant now, String line) {
    assertThatThrownBy(() -> OwnCertificate.configured(https, at(now)))
        .isInstanceOf(StartupException.class)
        .hasMessage(line);
  }
}
