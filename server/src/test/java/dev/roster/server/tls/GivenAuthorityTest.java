package dev.roster.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenAuthorityTest {

  private static final Instant START = Instant.parse("2026-11-21T20:30:19Z");
  private static final String CERTIFICATE = "roster.https.authority.certificate";
  private static final String KEY = "roster.https.authority.key";

  @TempDir private Path folder;

  /** What is configured. */
  private record Configured(Optional<Path> file, Optional<Path> keyFile)
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
    public Optional<List<String>> names() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> certificate() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> key() {
      return Optional.empty();
    }

    @Override
    public Authority authority() {
      return new Authority() {
        @Override
        public Optional<Path> certificate() {
          return file;
        }

        @Override
        public Optional<Path> key() {
          return keyFile;
        }
      };
    }
  }

  @Test
  void serversWithOneAuthorityAreTrustedByTheSameClients() throws Exception {
    KeyAndChain identity = TestAuthorities.unconstrained(START);
    CertificateAuthority given = configured(both(identity), START).orElseThrow();

    for (String server : List.of("first", "second")) {
      CertificateFolder dataDir = new CertificateFolder(folder.resolve(server));
      new MadeCertificate(dataDir, SubjectNames.ofThisMachine(), Optional.of(given), at(START))
          .prepare();

      assertThat(Files.readString(dataDir.authorityCertificate()))
          .isEqualTo(KeyAndChain.toPem(identity.certificate()));
      assertThat(TrustStore.holds(dataDir.trustStore(), identity.certificate())).isTrue();
      assertThat(dataDir.authority()).as("none is made").doesNotExist();
      X509Certificate presented =
          KeyAndChain.parse(Files.readString(dataDir.server())).certificate();
      presented.verify(identity.certificate().getPublicKey());
      assertThat(presented.getNotAfter())
          .as("does not outlive it")
          .isEqualTo(identity.certificate().getNotAfter());
    }
  }

  @Test
  void authorityBelowARootIsPresentedWithTheCertificate() throws Exception {
    CertificateAuthority made = CertificateAuthority.make(SubjectNames.ofThisMachine(), START);
    CertificateAuthority given = configured(both(made.identity()), START).orElseThrow();

    assertThat(given.root()).isEqualTo(made.root());
    assertThat(given.issue(SubjectNames.ofThisMachine(), START).chain())
        .hasSize(2)
        .endsWith(made.identity().certificate());
  }

  @Test
  void nothingConfiguredIsNoAuthority() {
    assertThat(configured(new Configured(Optional.empty(), Optional.empty()), START)).isEmpty();
  }

  @Test
  void authorityThatCannotWorkIsRefused() throws Exception {
    KeyAndChain identity = TestAuthorities.unconstrained(START);
    Configured both = both(identity);
    Path file = both.file().orElseThrow();

    assertRefused(
        new Configured(both.file(), Optional.empty()),
        START,
        CERTIFICATE
            + " is set, but not "
            + KEY
            + ". Set both, or neither to have an authority made.");
    assertRefused(
        new Configured(Optional.empty(), both.keyFile()),
        START,
        KEY
            + " is set, but not "
            + CERTIFICATE
            + ". Set both, or neither to have an authority made.");
    Instant end = identity.certificate().getNotAfter().toInstant();
    assertRefused(both, end.plusSeconds(1), CERTIFICATE + "=" + file + " expired on " + end + ".");
    Instant begin = identity.certificate().getNotBefore().toInstant();
    assertRefused(
        both,
        begin.minus(Duration.ofDays(1)),
        CERTIFICATE + "=" + file + " is not valid before " + begin + ".");
    Path foreignKey =
        write(
            "foreign.key",
            Pem.block("PRIVATE KEY", TestAuthorities.unconstrained(START).key().getEncoded()));
    assertRefused(
        new Configured(both.file(), Optional.of(foreignKey)),
        START,
        KEY
            + "="
            + foreignKey
            + " is not the key of the first certificate in "
            + CERTIFICATE
            + "="
            + file
            + ".");
    assertRefused(
        both(TestAuthorities.noAuthority(START)),
        START,
        CERTIFICATE
            + "="
            + file
            + " is not a certificate authority: it may not sign certificates.");
  }

  @Test
  void chainThatDoesNotLeadToItsRootIsRefused() throws Exception {
    CertificateAuthority one = CertificateAuthority.make(SubjectNames.ofThisMachine(), START);
    CertificateAuthority other = CertificateAuthority.make(SubjectNames.ofThisMachine(), START);
    KeyAndChain mixed =
        new KeyAndChain(one.identity().key(), List.of(one.identity().certificate(), other.root()));
    Configured both = both(mixed);

    assertRefused(
        both,
        START,
        CERTIFICATE
            + "="
            + both.file().orElseThrow()
            + ": each certificate must be signed by the one after it.");
  }

  @Test
  void authorityForOtherNamesIsRefused() throws Exception {
    CertificateAuthority made = CertificateAuthority.make(SubjectNames.ofThisMachine(), START);
    Configured both = both(made.identity());
    SubjectNames names = SubjectNames.ofThisMachine();
    names.dns().add("roster.example");

    assertThatThrownBy(() -> GivenAuthority.configured(both, names, at(START)))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            CERTIFICATE
                + "="
                + both.file().orElseThrow()
                + " is constrained to other names than *.localhost, localhost, roster.example,"
                + " 0:0:0:0:0:0:0:1, 127.0.0.1.");
  }

  private Configured both(KeyAndChain identity) throws Exception {
    StringBuilder chain = new StringBuilder();
    for (X509Certificate certificate : identity.chain()) {
      chain.append(KeyAndChain.toPem(certificate));
    }
    return new Configured(
        Optional.of(write("authority.pem", chain.toString())),
        Optional.of(write("authority.key", Pem.block("PRIVATE KEY", identity.key().getEncoded()))));
  }

  private Path write(String file, String content) throws IOException {
    return Files.writeString(folder.resolve(file), content);
  }

  private static Optional<CertificateAuthority> configured(Configured https, Instant now) {
    return GivenAuthority.configured(https, SubjectNames.ofThisMachine(), at(now));
  }

  private static void assertRefused(Configured https, Instant now, String line) {
    assertThatThrownBy(() -> configured(https, now))
        .isInstanceOf(StartupException.class)
        .hasMessage(line);
  }

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
