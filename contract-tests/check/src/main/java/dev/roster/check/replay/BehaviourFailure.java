package dev.roster.check.replay;

/** A service that does not behave as documented: what was asked, what was expected, what came. */
final class BehaviourFailure extends AssertionError {

  private static final long serialVersionUID = 1L;

  BehaviourFailure(String message) {
    super(message);
  }
}
