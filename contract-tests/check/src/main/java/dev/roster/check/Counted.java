package dev.roster.check;

/** A number with its noun. */
final class Counted {

  private Counted() {}

  /** Such as {@code 1 fault} and {@code 2 faults}. */
  static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
