package dev.roster.server.tls;

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
import java.time.Instant;
import java.util.List;

/**
 * Certificates and their key in two files of the deployer's, which the server only reads.
 *
 * @param certificateProperty the property that names the file of the certificates
 * @param keyProperty the property that names the file of the key
 * @param without how to do without both, for the error that one of them is missing
 */
record ConfiguredFiles(String certificateProperty, String keyProperty, String without) {

  /**
   * Reads and checks both files.
   *
   * @throws StartupException with one line that names the property at fault
   */
  KeyAndChain read(Path chainFile, Path keyFile, Instant now) {
    List<X509Certificate> chain = chain(chainFile);
    PrivateKey key = key(keyFile);
    checkTime(chainFile, chain.get(0), now);
    KeyAndChain read = new KeyAndChain(key, chain);
    if (!read.isPair()) {
      throw new StartupException(
          keyProperty
              + "="
              + keyFile
              + " is not the key of the first certificate in "
              + certificateProperty
              + "="
              + chainFile
              + ".");
    }
    return read;
  }

  /** The error that one of both properties is missing. */
  StartupException half(String present, String missing) {
    return new StartupException(
        present + " is set, but not " + missing + ". Set both, or " + without + ".");
  }

  private List<X509Certificate> chain(Path file) {
    try {
      return KeyAndChain.certificates(text(certificateProperty, file));
    } catch (GeneralSecurityException e) {
      throw new StartupException(
          certificateProperty
              + "="
              + file
              + " is no chain of PEM certificates ("
              + e.getMessage()
              + ").",
          e);
    }
  }

  private PrivateKey key(Path file) {
    try {
      return KeyAndChain.privateKey(text(keyProperty, file));
    } catch (GeneralSecurityException e) {
      // No cause and nothing of the file: it holds a key.
      throw new StartupException(
          keyProperty
              + "="
              + file
              + " is no unencrypted PKCS8 key of RSA or EC (PEM, BEGIN PRIVATE KEY). For a key in"
              + " another format: openssl pkcs8 -topk8 -nodes -in <key> -out <new key>.");
    }
  }

  private static String text(String property, Path file) {
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

  private void checkTime(Path file, X509Certificate certificate, Instant now) {
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      throw new StartupException(certificateProperty + "=" + file + " expired on " + end + ".");
    }
    if (now.isBefore(begin)) {
      throw new StartupException(
          certificateProperty + "=" + file + " is not valid before " + begin + ".");
    }
  }
}
