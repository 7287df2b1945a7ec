package dev.roster.check.replay;

import dev.roster.check.ContractIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/** The tests of one suite, run by the JUnit Platform. */
public final class Replay {

  private final ContractIndex index;
  private final Launcher launcher = LauncherFactory.create();
  private final LauncherDiscoveryRequest request;

  /**
   * Takes a suite.
   *
   * @param suite package of the test classes
   * @param filter text that a behaviour has to mention; all without one
   */
  public Replay(String suite, ContractIndex index, Optional<String> filter) {
    this.index = index;
    PostDiscoveryFilter wanted =
        test ->
            FilterResult.includedIf(
                Behaviour.of(test.getSource(), index)
                    .filter(behaviour -> filter.isEmpty() || behaviour.mentions(filter.get()))
                    .isPresent());
    this.request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectPackage(suite))
            .filters(wanted)
            .build();
  }

  /** What the tests show, in the order they run in. */
  public List<Behaviour> behaviours() {
    TestPlan plan = launcher.discover(request);
    List<Behaviour> behaviours = new ArrayList<>();
    for (TestIdentifier root : plan.getRoots()) {
      plan.getDescendants(root).stream()
          .filter(TestIdentifier::isTest)
          .flatMap(test -> Behaviour.of(test.getSource(), index).stream())
          .forEach(behaviours::add);
    }
    return behaviours;
  }

  /**
   * Runs the tests.
   *
   * @param junit where to write JUnit XML
   * @param err where to tell that it could not be written
   */
  public void run(ReplayListener listener, Optional<Path> junit, PrintWriter err) {
    List<TestExecutionListener> listeners = new ArrayList<>();
    listeners.add(listener);
    try {
      Path folder = junit.isPresent() ? Files.createTempDirectory("contract-check") : null;
      if (folder != null) {
        listeners.add(new LegacyXmlReportGeneratingListener(folder, err));
      }
      launcher.execute(request, listeners.toArray(TestExecutionListener[]::new));
      if (folder != null) {
        moveReport(folder, junit.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reporter writes a file for each test engine, and here is one engine. */
  private static void moveReport(Path folder, Path file) throws IOException {
    try (Stream<Path> reports = Files.list(folder)) {
      for (Path report : reports.toList()) {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Files.move(report, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.delete(folder);
  }
}
