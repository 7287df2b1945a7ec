package dev.roster.server.tls;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import java.nio.file.Path;
import java.time.Clock;

/** A certificate of the deployer's, in files that the server only reads. */
final class OwnCertificate implements ServerCertificate {

  private static final String CERTIFICATE = "roster.https.certificate";
  private static final String KEY = "roster.https.key";

  private static final ConfiguredFiles FILES =
      new ConfiguredFiles(CERTIFICATE, KEY, "neither to have a certificate made");

  private final Path chainFile;
  private final Path keyFile;

  private OwnCertificate(Path chainFile, Path keyFile) {
    this.chainFile = chainFile;
    this.keyFile = keyFile;
  }

  /**
   * Reads and checks the configured files.
   *
   * @throws StartupException with one line that names the property at fault
   */
  static OwnCertificate configured(RosterConfig.Https https, Clock clock) {
    Path chainFile = https.certificate().orElseThrow(() -> FILES.half(KEY, CERTIFICATE));
    Path keyFile = https.key().orElseThrow(() -> FILES.half(CERTIFICATE, KEY));
    FILES.read(chainFile, keyFile, clock.instant());
    return new OwnCertificate(chainFile.toAbsolutePath(), keyFile.toAbsolutePath());
  }

  @Override
  public void prepare() {
    // Nothing of these files is the server's to make.
  }

  @Override
  public Path chainFile() {
    return chainFile;
  }

  @Override
  public Path keyFile() {
    return keyFile;
  }
}
