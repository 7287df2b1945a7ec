package dev.roster.server.tls;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A certificate that the server made, of an authority that the server made as well.
 *
 * <p>Both are kept in the data directory. The server's certificate is made anew at a start when it
 * nears its end, when the names changed, or when it is damaged: no client notices. The authority is
 * what clients trust, so it is replaced only near its own end and when it cannot vouch for the
 * names; damage to it ends the start, because a new authority would be trusted by nobody. An
 * authority that the deployer gave is never replaced.
 */
public final class MadeCertificate implements ServerCertificate {

  private static final Logger LOG = Logger.getLogger(MadeCertificate.class);

  /** What a server's certificate has to have left at a start. */
  private static final Duration LEAST_LEFT = Duration.ofDays(30);

  private final CertificateFolder folder;
  private final SubjectNames names;
  private final Optional<CertificateAuthority> given;
  private final Clock clock;

  /** Makes nothing yet. */
  MadeCertificate(CertificateFolder folder, SubjectNames names, Clock clock) {
    this(folder, names, Optional.empty(), clock);
  }

  /** The same with an authority of the deployer's; makes nothing yet. */
  MadeCertificate(
      CertificateFolder folder,
      SubjectNames names,
      Optional<CertificateAuthority> given,
      Clock clock) {
    this.folder = folder;
    this.names = names;
    this.given = given;
    this.clock = clock;
  }

  /**
   * Where the authority's certificate lies, for clients: PEM.
   *
   * @return empty if no certificate is made, because https is off or the deployer has one
   */
  public static Optional<Path> authorityFile(RosterConfig config) {
    return isMade(config)
        ? Optional.of(CertificateFolder.of(config).authorityCertificate())
        : Optional.empty();
  }

  /**
   * Where the same lies for clients in Java: PKCS12, with {@link TrustStore#PASSWORD}.
   *
   * @return empty if no certificate is made, because https is off or the deployer has one
   */
  public static Optional<Path> trustStoreFile(RosterConfig config) {
    return isMade(config)
        ? Optional.of(CertificateFolder.of(config).trustStore())
        : Optional.empty();
  }

  private static boolean isMade(RosterConfig config) {
    return config.https().enabled() && config.https().certificate().isEmpty();
  }

  @Override
  public void prepare() {
    try (FileChannel lock = folder.lock()) {
      Instant now = clock.instant();
      CertificateAuthority authority = given.isPresent() ? given.get() : authority(now);
      publish(authority.root());
      prepareServer(authority, now);
    } catch (IOException | GeneralSecurityException e) {
      throw new StartupException(
          "the https certificate in "
              + folder.dataDir()
              + " could not be made ("
              + e
              + "). Check that the folder is writable, choose another with roster.data-dir, or set"
              + " roster.https.enabled=false.",
          e);
    }
  }

  @Override
  public Path chainFile() {
    return folder.server();
  }

  @Override
  public Path keyFile() {
    return folder.server();
  }

  private CertificateAuthority authority(Instant now) throws IOException, GeneralSecurityException {
    Path file = folder.authority();
    if (!Files.exists(file)) {
      return makeAuthority(file, now);
    }
    folder.keepSecret(file);
    CertificateAuthority kept = readAuthority(file);
    String fault;
    if (kept.identity().certificate().equals(kept.root())) {
      fault = "it could vouch for any name";
    } else if (!kept.permits(names)) {
      fault = "it cannot vouch for all names in roster.https.names";
    } else if (!isUsable(kept.root(), now, CertificateAuthority.SERVER_VALIDITY)) {
      // No certificate that it issues may outlive it.
      fault = "it ends on " + kept.root().getNotAfter().toInstant();
    } else {
      return kept;
    }
    CertificateAuthority made = makeAuthority(file, now);
    LOG.warnf(
        "A new certificate authority was made, because %s. Give clients the new %s",
        fault, folder.authorityCertificate());
    return made;
  }

  private CertificateAuthority makeAuthority(Path file, Instant now)
      throws IOException, GeneralSecurityException {
    CertificateAuthority made = CertificateAuthority.make(names, now);
    folder.writeSecret(file, made.identity().toPem());
    return made;
  }

  private CertificateAuthority readAuthority(Path file) throws IOException {
    try {
      KeyAndChain identity = KeyAndChain.parse(read(file));
      identity.verifyChain();
      CertificateAuthority read = new CertificateAuthority(identity);
      read.root().verify(read.root().getPublicKey());
      return read;
    } catch (GeneralSecurityException e) {
      throw new StartupException(
          "the certificate authority "
              + file
              + " is damaged ("
              + e.getMessage()
              + "). Put a copy of the file back, or delete it to have a new authority made, whose "
              + folder.authorityCertificate()
              + " clients have to be given.",
          e);
    }
  }

  private void publish(X509Certificate authority) throws IOException, GeneralSecurityException {
    folder.publish(
        folder.authorityCertificate(),
        KeyAndChain.toPem(authority).getBytes(StandardCharsets.US_ASCII));
    if (!TrustStore.holds(folder.trustStore(), authority)) {
      folder.publish(folder.trustStore(), TrustStore.of(authority));
    }
  }

  private void prepareServer(CertificateAuthority authority, Instant now)
      throws IOException, GeneralSecurityException {
    Path file = folder.server();
    if (Files.exists(file)) {
      Optional<String> fault = fault(read(file), authority.identity().certificate(), now);
      if (fault.isEmpty()) {
        folder.keepSecret(file);
        return;
      }
      LOG.infof("A new https certificate was made, because the old one %s", fault.get());
    }
    folder.writeSecret(file, authority.issue(names, now).toPem());
  }

  /** Why a server's certificate cannot be used any longer. */
  private Optional<String> fault(String pem, X509Certificate authority, Instant now) {
    X509Certificate certificate;
    SubjectNames certified;
    try {
      certificate = KeyAndChain.parse(pem).certificate();
      certified = SubjectNames.of(certificate);
    } catch (GeneralSecurityException e) {
      return Optional.of("is damaged (" + e.getMessage() + ")");
    }
    try {
      certificate.verify(authority.getPublicKey());
    } catch (GeneralSecurityException e) {
      return Optional.of("is of another authority");
    }
    if (!isUsable(certificate, now, LEAST_LEFT)) {
      return Optional.of(
          "is valid from "
              + certificate.getNotBefore().toInstant()
              + " to "
              + certificate.getNotAfter().toInstant());
    }
    return certified.equals(names) ? Optional.empty() : Optional.of("has other names");
  }

  private static boolean isUsable(X509Certificate certificate, Instant now, Duration left) {
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.plus(left).isAfter(certificate.getNotAfter().toInstant());
  }

  private static String read(Path file) throws IOException {
    // A damaged file need not be text of any other encoding.
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
