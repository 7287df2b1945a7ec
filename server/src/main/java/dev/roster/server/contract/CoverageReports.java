package dev.roster.server.contract;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Chooses the report that is true of this server.
 *
 * <p>The build puts the report on its tests beside the jar that it tested. Without one, or if it is
 * of other contracts, there is still that of the package, which claims no proof.
 */
@Singleton
class CoverageReports {

  private static final Logger LOG = Logger.getLogger(CoverageReports.class);

  private static final String JAR = "quarkus-run.jar";
  private static final String FOLDER = "coverage";

  private final Optional<Path> folder;
  private CoverageReport current;

  @Inject
  CoverageReports() {
    this(besideTheJar(System.getProperty("java.class.path", "")));
  }

  CoverageReports(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * Where the build puts the report of a server.
   *
   * @param classPath that of its JVM; a test's has no such place
   */
  static Optional<Path> besideTheJar(String classPath) {
    boolean packaged = classPath.endsWith(JAR) && !classPath.contains(File.pathSeparator);
    return packaged
        ? Optional.of(Path.of(classPath).toAbsolutePath().resolveSibling(FOLDER))
        : Optional.empty();
  }

  /** Read when it is asked for first: most servers are never asked. */
  synchronized CoverageReport current() {
    if (current == null) {
      try {
        CoverageReport untested = CoverageReport.ofPackage();
        current = folder.flatMap(place -> tested(place, untested.contracts())).orElse(untested);
      } catch (IOException e) {
        throw new UncheckedIOException("The report of the package cannot be read", e);
      }
    }
    return current;
  }

  private static Optional<CoverageReport> tested(Path folder, String contracts) {
    if (!Files.exists(folder)) {
      return Optional.empty();
    }
    try {
      CoverageReport report = CoverageReport.in(folder);
      if (report.contracts().equals(contracts)) {
        return Optional.of(report);
      }
      LOG.warnf("The report in %s is of other contracts and not shown.", folder);
    } catch (IOException e) {
      LOG.warnf("The report in %s cannot be read and is not shown: %s", folder, e.getMessage());
    }
    return Optional.empty();
  }
}
