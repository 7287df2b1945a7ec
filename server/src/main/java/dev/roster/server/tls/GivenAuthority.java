package dev.roster.server.tls;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;

/** An authority of the deployer's, which several servers can share. */
final class GivenAuthority {

  private static final String CERTIFICATE = "roster.https.authority.certificate";
  private static final String KEY = "roster.https.authority.key";

  private static final ConfiguredFiles FILES =
      new ConfiguredFiles(CERTIFICATE, KEY, "neither to have an authority made");

  /** The bit of a key usage that allows to sign certificates. */
  private static final int KEY_CERT_SIGN = 5;

  private GivenAuthority() {}

  /**
   * Reads and checks the configured files.
   *
   * @return empty if none are configured
   * @throws StartupException with one line that names the property at fault
   */
  static Optional<CertificateAuthority> configured(
      RosterConfig.Https https, SubjectNames names, Clock clock) {
    RosterConfig.Https.Authority files = https.authority();
    if (files.certificate().isEmpty() && files.key().isEmpty()) {
      return Optional.empty();
    }
    Path chainFile = files.certificate().orElseThrow(() -> FILES.half(KEY, CERTIFICATE));
    Path keyFile = files.key().orElseThrow(() -> FILES.half(CERTIFICATE, KEY));
    KeyAndChain identity = FILES.read(chainFile, keyFile, clock.instant());
    String property = CERTIFICATE + "=" + chainFile;
    X509Certificate certificate = identity.certificate();
    boolean[] usage = certificate.getKeyUsage();
    if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
      throw new StartupException(
          property + " is not a certificate authority: it may not sign certificates.");
    }
    try {
      identity.verifyChain();
    } catch (GeneralSecurityException e) {
      throw new StartupException(
          property + ": each certificate must be signed by the one after it.", e);
    }
    CertificateAuthority authority = new CertificateAuthority(identity);
    if (!authority.permits(names)) {
      throw new StartupException(
          property
              + " is constrained to other names than "
              + String.join(", ", names.dns())
              + ", "
              + String.join(", ", names.addresses())
              + ".");
    }
    return Optional.of(authority);
  }
}
