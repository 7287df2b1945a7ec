package dev.roster.check.replay;

import dev.roster.check.CheckException;
import dev.roster.testing.Answer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * What a test of a suite stands on: requests to the service, and the removal of what it made.
 *
 * <p>A test class registers one as an extension, so that each test has its own. A failure tells the
 * last request and its answer.
 */
public abstract class ReplayFixture implements AfterEachCallback, TestExecutionExceptionHandler {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int NAME_LENGTH = 12;
  private static final int MOST_CHARACTERS = 1500;

  private final Target target;
  private final Deque<Supplier<Request>> removals = new ArrayDeque<>();
  private Exchange last;

  /** Stands on the service of this run. */
  protected ReplayFixture() {
    this.target = Target.current();
  }

  /** A name that nothing else has: {@code check} and lower-case letters and digits. */
  public static String newName() {
    StringBuilder name = new StringBuilder("check");
    for (int i = 0; i < NAME_LENGTH; i++) {
      name.append(LETTERS_AND_DIGITS.charAt(RANDOM.nextInt(LETTERS_AND_DIGITS.length())));
    }
    return name.toString();
  }

  /**
   * The present time, as the service means it too.
   *
   * <p>It is the wall clock and nothing that is injected: services refuse requests whose signed
   * date is minutes off, and the service of a replay may be a real one.
   */
  public static Instant now() {
    return Instant.now();
  }

  /** The service. */
  protected final Target target() {
    return target;
  }

  /** Begins a request without credentials. */
  public final Request anonymous(String method, String pathAndQuery) {
    return new Request(target, method, pathAndQuery, exchange -> last = exchange);
  }

  /**
   * Has something removed when the test is over, whatever becomes of it; the last one first.
   *
   * <p>Said in {@link Request#whenCreated}, it holds for what a wrong answer tells of, too.
   *
   * @param removal makes the request, for which 401, of a session that is over, and 404 are as good
   *     as success
   */
  public final void removeAfterwards(Supplier<Request> removal) {
    removals.push(removal);
  }

  @Override
  public final void afterEach(ExtensionContext context) {
    String leftBehind = null;
    while (!removals.isEmpty()) {
      Supplier<Request> next = removals.pop();
      try {
        Request removal = next.get();
        Answer answer = removal.sendUnchecked();
        if (answer.status() / 100 != 2 && answer.status() != 401 && answer.status() != 404) {
          leftBehind = removal.method() + " " + removal.uri() + " -> " + answer.status();
        }
      } catch (CheckException | AssertionError e) {
        leftBehind = e.getMessage();
      }
    }
    if (leftBehind != null && context.getExecutionException().isEmpty()) {
      throw new BehaviourFailure("what the test made is still there: " + target.mask(leftBehind));
    }
  }

  @Override
  public final void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (failure instanceof TestAbortedException) {
      throw failure;
    }
    StringBuilder message = new StringBuilder();
    if (last != null) {
      message.append(last.request()).append('\n');
    }
    message.append(shortened(String.valueOf(failure.getMessage()).strip()));
    if (last != null) {
      message.append("\nthe answer was: ").append(last.came());
    }
    BehaviourFailure told = new BehaviourFailure(target.mask(message.toString()));
    told.setStackTrace(failure.getStackTrace());
    throw told;
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
  }
}
