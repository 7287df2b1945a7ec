package dev.roster.server.tls;

import dev.roster.server.config.RosterConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * Where the certificates that the server made lie in its data directory.
 *
 * <p>What is secret lies in the folder {@code tls}, what clients need beside it. Every file is
 * complete in itself and replaced as a whole, so that a server that is killed leaves the old one or
 * the new one.
 *
 * @param dataDir the data directory
 */
record CertificateFolder(Path dataDir) {

  private static final String OWNER_ONLY = "rw-------";
  private static final String EVERYBODY_READS = "rw-r--r--";

  /** The folder of a configuration. */
  static CertificateFolder of(RosterConfig config) {
    return new CertificateFolder(config.dataDir().toAbsolutePath());
  }

  /** The authority's certificate, for clients: PEM. */
  Path authorityCertificate() {
    return dataDir.resolve("ca.pem");
  }

  /** The authority's certificate, for clients in Java: PKCS12, see {@link TrustStore}. */
  Path trustStore() {
    return dataDir.resolve("truststore.p12");
  }

  /** Key and certificate of the authority: PEM, secret. */
  Path authority() {
    return secrets().resolve("authority.pem");
  }

  /** Key and certificate of the server: PEM, secret. */
  Path server() {
    return secrets().resolve("server.pem");
  }

  private Path secrets() {
    return dataDir.resolve("tls");
  }

  /** Makes the folders, and waits for other servers that are at them; close it to let them in. */
  FileChannel lock() throws IOException {
    Files.createDirectories(secrets());
    permit(secrets(), "rwx------");
    FileChannel lock =
        FileChannel.open(
            secrets().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      // Servers with a database elsewhere may share the directory; the lock goes with the channel.
      lock.lock();
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Writes a file that only the owner reads. */
  void writeSecret(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.US_ASCII), OWNER_ONLY);
  }

  /** Takes from others what they may have been allowed meanwhile, such as by a restored back-up. */
  void keepSecret(Path file) throws IOException {
    permit(file, OWNER_ONLY);
  }

  /** Writes a file that everybody may read, unless it is so already. */
  void publish(Path file, byte[] content) throws IOException {
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      write(file, content, EVERYBODY_READS);
    }
  }

  private static void write(Path file, byte[] content, String permissions) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    if (hasPermissions(next)) {
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
      // What is above is less the umask.
      permit(next, permissions);
    }
    try (FileChannel channel =
        FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      // Or a machine that loses its power could keep the name without the content.
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void permit(Path file, String permissions) throws IOException {
    if (hasPermissions(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
  }

  private static boolean hasPermissions(Path file) {
    return Files.getFileAttributeView(file, PosixFileAttributeView.class) != null;
  }
}
