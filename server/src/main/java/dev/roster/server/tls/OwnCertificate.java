package dev.roster.server.tls;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** A certificate of the deployer's, in files that the server only reads. */
final class OwnCertificate implements ServerCertificate {

  private static final String CERTIFICATE = "roster.https.certificate";
  private static final String KEY = "roster.https.key";

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
    Path chainFile = https.certificate().orElseThrow(() -> half(KEY, CERTIFICATE));
    Path keyFile = https.key().orElseThrow(() -> half(CERTIFICATE, KEY));
    List<X509Certificate> chain = chain(chainFile);
    PrivateKey key = key(keyFile);
    checkTime(chainFile, chain.get(0), clock.instant());
    if (!new KeyAndChain(key, chain).isPair()) {
      throw new StartupException(
          KEY
              + "="
              + keyFile
              + " is not the key of the first certificate in "
              + CERTIFICATE
              + "="
              + chainFile
              + ".");
    }
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

  private static StartupException half(String present, String missing) {
    return new StartupException(
        present
            + " is set, but not "
            + missing
            + ". Set both, or neither to have a certificate made.");
  }

  private static List<X509Certificate> chain(Path file) {
    try {
      return KeyAndChain.certificates(read(CERTIFICATE, file));
    } catch (GeneralSecurityException e) {
      throw new StartupException(
          CERTIFICATE + "=" + file + " is no chain of PEM certificates (" + e.getMessage() + ").",
          e);
    }
  }

  private static PrivateKey key(Path file) {
    try {
      return KeyAndChain.privateKey(read(KEY, file));
    } catch (GeneralSecurityException e) {
      // No cause and nothing of the file: it holds a key.
      throw new StartupException(
          KEY
              + "="
              + file
              + " is no unencrypted PKCS8 key of RSA or EC (PEM, BEGIN PRIVATE KEY). For a key in"
              + " another format: openssl pkcs8 -topk8 -nodes -in <key> -out <new key>.");
    }
  }

  private static String read(String property, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new StartupException(property + "=" + file + " cannot be read (" + reason(e) + ").", e);
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "access is denied";
    }
    return failure instanceof CharacterCodingException ? "it is no text" : failure.getMessage();
  }

  private static void checkTime(Path file, X509Certificate certificate, Instant now) {
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      throw new StartupException(CERTIFICATE + "=" + file + " expired on " + end + ".");
    }
    if (now.isBefore(begin)) {
      throw new StartupException(CERTIFICATE + "=" + file + " is not valid before " + begin + ".");
    }
  }
}
