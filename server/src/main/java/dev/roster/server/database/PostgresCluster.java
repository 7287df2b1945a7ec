package dev.roster.server.database;

import dev.roster.server.config.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder with the database, {@code postgresql} in the data directory.
 *
 * <p>A new one is made under another name and renamed when it is complete. One that exists is
 * opened as it is or refused, never deleted.
 */
final class PostgresCluster {

  /** Name of the database user. */
  static final String USER = "postgres";

  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(10);

  /** Longer than initdb takes on a slow disk. */
  private static final Duration MAKING_PATIENCE = Duration.ofMinutes(2);

  private final Path home;
  private final Path folder;
  private final Path unfinished;
  private final Path passwordFile;

  /**
   * The cluster of a data directory.
   *
   * @param home the data directory, which the caller has locked
   */
  PostgresCluster(Path home) {
    this.home = home;
    this.folder = home.resolve("postgresql");
    this.unfinished = home.resolve("postgresql.unfinished");
    this.passwordFile = home.resolve("postgresql.password");
  }

  Path folder() {
    return folder;
  }

  Path log() {
    return home.resolve("postgresql.log");
  }

  /**
   * The password of the database user, which is random for each data directory.
   *
   * @throws StartupException if there is a cluster, but no password
   */
  String password() throws IOException {
    if (Files.exists(passwordFile) && Files.size(passwordFile) > 0) {
      return Files.readString(passwordFile);
    }
    if (exists()) {
      throw new StartupException(
          passwordFile
              + " is missing, and the database in "
              + folder
              + " cannot be opened without it. Restore the file from your back-up, or set"
              + " roster.data-dir to another folder.");
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Path draft = home.resolve("postgresql.password.unfinished");
    Files.deleteIfExists(draft);
    if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(draft, password);
    Files.move(draft, passwordFile, StandardCopyOption.ATOMIC_MOVE);
    return password;
  }

  /** Stops what a killed server left at work on the cluster. */
  void stopLeftovers() throws IOException {
    new PostgresLeftovers(unfinished).stop(ORPHAN_PATIENCE);
    new PostgresLeftovers(folder).stop(ORPHAN_PATIENCE);
  }

  /**
   * Makes the cluster unless it is there, and checks that these programs can open it.
   *
   * @throws StartupException if it cannot be made or opened
   */
  void prepare(PostgresBinaries binaries, Launcher launcher) throws IOException {
    // Nobody but a first start gives it this name, and that start did not get to its end.
    PrivateFolder.delete(unfinished);
    if (exists()) {
      check(binaries.majorVersion());
    } else {
      make(binaries, launcher);
    }
  }

  private boolean exists() throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
  }

  private void check(int majorVersion) throws IOException {
    for (String part : new String[] {"PG_VERSION", "global/pg_control", "postgresql.conf"}) {
      if (!Files.exists(folder.resolve(part))) {
        throw new StartupException(
            folder
                + " is no complete database ("
                + part
                + " is missing), and Roster deletes no data. Restore the folder from your back-up;"
                + " or move it away, and a new database is made.");
      }
    }
    String version = Files.readString(folder.resolve("PG_VERSION")).strip();
    if (!version.equals(Integer.toString(majorVersion))) {
      throw new StartupException(
          "the database in "
              + folder
              + " is one of PostgreSQL "
              + version
              + ", and this Roster runs PostgreSQL "
              + majorVersion
              + ". Start it with the Roster that made it; to upgrade, dump it there with pg_dump and"
              + " restore it into the new data directory of this one.");
    }
  }

  private void make(PostgresBinaries binaries, Launcher launcher) throws IOException {
    PostgresProcess initdb =
        launcher.launch(
            binaries.command(
                "initdb",
                "-D",
                unfinished.toString(),
                "-U",
                USER,
                "-E",
                "UTF-8",
                "--locale=C",
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile));
    if (!initdb.hasEndedWithin(MAKING_PATIENCE)) {
      initdb.kill();
      throw new StartupException(
          "initdb did not make the database in "
              + home
              + " within "
              + MAKING_PATIENCE.toSeconds()
              + " s. Look into "
              + log()
              + ".");
    }
    if (!initdb.hasSucceeded()) {
      throw PostgresFailure.of(home, initdb.reason());
    }
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException e) {
      throw new StartupException(folder + " was made by somebody else meanwhile.", e);
    }
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel directory = FileChannel.open(home, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
    // The first builds of Roster delete a cluster without it.
    Path complete = home.resolve("postgresql.complete");
    if (!Files.exists(complete)) {
      Files.createFile(complete);
    }
  }

  /** Starts child processes as long as the database is not closed. */
  interface Launcher {
    /** Starts one. */
    PostgresProcess launch(List<String> command) throws IOException;
  }
}
