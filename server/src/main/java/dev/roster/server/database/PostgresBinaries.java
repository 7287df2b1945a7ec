package dev.roster.server.database;

import dev.roster.server.config.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The PostgreSQL programs, unpacked once for each version.
 *
 * <p>The archive is unpacked beside its place and then renamed, so that a folder in its place is
 * complete. All servers of a user share it, and nobody else may write to it. If the cache cannot be
 * used, the programs are unpacked into the data directory.
 */
final class PostgresBinaries {

  private static final Logger LOG = Logger.getLogger(PostgresBinaries.class);

  /** The version is that of the archive's artifact; the archive does not name it. */
  private static final Pattern VERSION = Pattern.compile("-((\\d+)(?:\\.\\d+)+)\\.jar!");

  private static final boolean IS_WINDOWS = osName().startsWith("windows");
  private static final String STAGE_PREFIX = ".unpacking-";

  private final Path folder;
  private final int majorVersion;
  private final boolean asRoot;

  private PostgresBinaries(Path folder, int majorVersion, boolean asRoot) {
    this.folder = folder;
    this.majorVersion = majorVersion;
    this.asRoot = asRoot;
  }

  /**
   * Unpacks the programs of this platform, unless they are there.
   *
   * @param cache shared by the servers of a user
   * @param fallback used if the cache cannot be written or is not safe
   * @throws StartupException if the build carries no programs for this platform
   * @throws IOException if neither folder can be written
   */
  static PostgresBinaries unpack(Path cache, Path fallback) throws IOException {
    URL archive = archive();
    Matcher version = VERSION.matcher(archive.toString());
    if (!version.find()) {
      throw new IllegalStateException("No version in the name of " + archive);
    }
    String name = "postgresql-" + version.group(1);
    Path folder;
    try {
      folder = unpack(archive, cache, name);
    } catch (IOException e) {
      LOG.debugf(e, "The cache %s cannot be used", cache);
      folder = unpack(archive, fallback, name);
    }
    return new PostgresBinaries(folder, Integer.parseInt(version.group(2)), isRoot(folder));
  }

  /** The major version of PostgreSQL, such as 18. */
  int majorVersion() {
    return majorVersion;
  }

  /** The command that runs a program; PostgreSQL refuses to run as root. */
  List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (asRoot) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(folder.resolve("bin").resolve(IS_WINDOWS ? program + ".exe" : program).toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private static URL archive() {
    String os = osName();
    String system =
        os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : "linux";
    String machine =
        switch (System.getProperty("os.arch")) {
          case "aarch64", "arm64" -> "arm_64";
          default -> "x86_64";
        };
    String name = "postgres-" + system + "-" + machine + ".txz";
    URL archive = PostgresBinaries.class.getClassLoader().getResource(name);
    if (archive == null) {
      throw new StartupException(
          "this build carries no PostgreSQL for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + ". Build it with -Pall-platforms, or use a server of your own with"
              + " roster.database.url.");
    }
    return archive;
  }

  private static synchronized Path unpack(URL archive, Path cache, String name) throws IOException {
    Path target = PrivateFolder.open(cache).resolve(name);
    if (UnpackedFiles.areComplete(target)) {
      return target;
    }
    // Others wait here instead of unpacking the same.
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("unpacking.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      deleteStages(cache);
      if (!UnpackedFiles.areComplete(target)) {
        Path stage = cache.resolve(STAGE_PREFIX + random());
        PrivateFolder.open(stage);
        try (InputStream content = archive.openStream()) {
          UnpackedFiles.unpack(content, stage);
        }
        if (Files.exists(target)) {
          // Incomplete; a server that runs from it keeps what it has opened.
          Files.move(target, cache.resolve(STAGE_PREFIX + random()));
        }
        Files.move(stage, target, StandardCopyOption.ATOMIC_MOVE);
        deleteStages(cache);
      }
    }
    return target;
  }

  private static void deleteStages(Path cache) throws IOException {
    List<Path> stages;
    try (Stream<Path> files = Files.list(cache)) {
      stages = files.filter(file -> name(file).startsWith(STAGE_PREFIX)).toList();
    }
    for (Path stage : stages) {
      PrivateFolder.delete(stage);
    }
  }

  private static String name(Path file) {
    return Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
  }

  private static String random() {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static boolean isRoot(Path file) throws IOException {
    return !IS_WINDOWS && "root".equals(Files.getOwner(file).getName());
  }

  private static String osName() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT);
  }
}
