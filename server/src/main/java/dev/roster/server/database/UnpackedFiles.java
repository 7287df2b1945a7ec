package dev.roster.server.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The files of an unpacked archive, with a list of their sizes that tells whether one is missing.
 */
final class UnpackedFiles {

  /** One line a file: its size, a space, its path. */
  private static final String LIST = "roster.files";

  private static final int OWNER_EXECUTES = 0100;

  private UnpackedFiles() {}

  /**
   * Unpacks a tar archive that xz compressed, and lists its files.
   *
   * @param target an empty folder
   */
  static void unpack(InputStream archive, Path target) throws IOException {
    boolean posix = Files.getFileAttributeView(target, PosixFileAttributeView.class) != null;
    List<String> list = new ArrayList<>();
    try (TarArchiveInputStream files = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (TarArchiveEntry entry = files.getNextEntry();
          entry != null;
          entry = files.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException(entry.getName() + " is outside of the archive");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink() || entry.isLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
          continue;
        }
        Files.copy(files, file);
        if (posix) {
          boolean executable = (entry.getMode() & OWNER_EXECUTES) != 0;
          Files.setPosixFilePermissions(
              file, PosixFilePermissions.fromString(executable ? "rwx------" : "rw-------"));
        }
        list.add(Files.size(file) + " " + target.relativize(file));
      }
    }
    Files.write(target.resolve(LIST), list);
  }

  /** Whether every file of the list is there with its size. */
  static boolean areComplete(Path folder) {
    try {
      List<String> list = Files.readAllLines(folder.resolve(LIST));
      for (String line : list) {
        int space = line.indexOf(' ');
        Path file = folder.resolve(line.substring(space + 1));
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            || Files.size(file) != Long.parseLong(line.substring(0, space))) {
          return false;
        }
      }
      return !list.isEmpty();
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
