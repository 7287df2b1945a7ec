package dev.roster.check.replay;

import dev.roster.check.ContractIndex;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import picocli.CommandLine.Help.Ansi;

/** Tells of each test as it ends, in a line, and keeps what failed. */
public final class ReplayListener implements TestExecutionListener {

  /**
   * A behaviour that the service does not have.
   *
   * @param reason request, expectation and answer, in lines
   */
  public record Failure(Behaviour behaviour, String reason) {}

  private final ContractIndex index;
  private final PrintWriter out;
  private final Ansi ansi;
  private final List<Failure> failures = new ArrayList<>();
  private int passed;
  private int skipped;

  /** Takes where to tell it, and whether in colours. */
  public ReplayListener(ContractIndex index, PrintWriter out, Ansi ansi) {
    this.index = index;
    this.out = out;
    this.ansi = ansi;
  }

  /** How many tests passed. */
  public int passed() {
    return passed;
  }

  /** How many tests found that they could not be run. */
  public int skipped() {
    return skipped;
  }

  /** What failed, in the order it was run. */
  public List<Failure> failures() {
    return Collections.unmodifiableList(failures);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Optional<Behaviour> behaviour = Behaviour.of(test.getSource(), index);
    if (behaviour.isEmpty()) {
      result.getThrowable().ifPresent(ReplayListener::rethrow);
      return;
    }
    String reason = result.getThrowable().map(Throwable::getMessage).orElse("");
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        passed++;
        tell("bold,green", "PASS", behaviour.get());
      }
      case ABORTED -> {
        skipped++;
        tell("bold,yellow", "SKIP", behaviour.get());
        tellMore(reason.replaceFirst("^Assumption failed: ", ""));
      }
      case FAILED -> {
        failures.add(new Failure(behaviour.get(), reason));
        tell("bold,red", "FAIL", behaviour.get());
        tellMore(behaviour.get().test() + "\n" + reason);
      }
    }
    out.flush();
  }

  private void tell(String style, String word, Behaviour behaviour) {
    out.printf(
        "%s  %s [%s]%n",
        ansi.string("@|" + style + " " + word + "|@"),
        behaviour.says(),
        String.join(", ", behaviour.ruleIds()));
  }

  private void tellMore(String lines) {
    lines.lines().forEach(line -> out.println("      " + line));
  }

  /** A class of the suite that cannot be set up is a fault of the suite, not of the service. */
  private static void rethrow(Throwable failure) {
    throw new IllegalStateException(failure);
  }
}
