package dev.roster.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where reports go. */
final class ReportFiles {

  private ReportFiles() {}

  /** Makes the folder that a file is to lie in. */
  static void makeFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
  }

  static CheckException unwritable(Path file, IOException cause) {
    return new CheckException("cannot write " + file + ": " + cause, cause);
  }
}
