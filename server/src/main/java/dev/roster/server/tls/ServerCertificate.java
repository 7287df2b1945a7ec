package dev.roster.server.tls;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The certificate that every https port of this server presents: the deployer's own, or one that
 * the server made.
 *
 * <p>Quarkus's TLS registry has it under the name {@link #TLS_CONFIGURATION}; whatever opens a port
 * takes it from there.
 */
public sealed interface ServerCertificate permits OwnCertificate, MadeCertificate {

  /** The name in Quarkus's TLS registry, where its protocols are set as well. */
  String TLS_CONFIGURATION = "roster";

  /**
   * The certificate that the configuration asks for; nothing is made yet.
   *
   * @return empty if https is switched off
   * @throws StartupException naming the property whose file or value cannot be used
   */
  static Optional<ServerCertificate> configured(RosterConfig config, Clock clock) {
    RosterConfig.Https https = config.https();
    if (!https.enabled()) {
      return Optional.empty();
    }
    if (https.certificate().isPresent() || https.key().isPresent()) {
      if (https.authority().certificate().isPresent() || https.authority().key().isPresent()) {
        throw new StartupException(
            "roster.https.certificate and roster.https.authority.certificate are both set. Set the"
                + " first to present a certificate of your own, or the second to have one issued.");
      }
      return Optional.of(OwnCertificate.configured(https, clock));
    }
    SubjectNames names = SubjectNames.configured(config);
    return Optional.of(
        new MadeCertificate(
            CertificateFolder.of(config),
            names,
            GivenAuthority.configured(https, names, clock),
            clock));
  }

  /** The one that a server makes in its data directory, for the names of this machine only. */
  static ServerCertificate made(Path dataDir, Clock clock) {
    return new MadeCertificate(
        new CertificateFolder(dataDir.toAbsolutePath()), SubjectNames.ofThisMachine(), clock);
  }

  /**
   * Makes what is missing, damaged or about to expire.
   *
   * @throws StartupException if that is not possible
   */
  void prepare();

  /** PEM file with the certificate and those that lead to its authority, its own first. */
  Path chainFile();

  /** PEM file with the private key. */
  Path keyFile();

  /** What Quarkus has to be told before it starts. */
  default Map<String, String> quarkusProperties() {
    String store = "quarkus.tls." + TLS_CONFIGURATION + ".key-store.pem.0.";
    return Map.of(
        store + "cert",
        chainFile().toString(),
        store + "key",
        keyFile().toString(),
        "quarkus.http.tls-configuration-name",
        TLS_CONFIGURATION);
  }
}
