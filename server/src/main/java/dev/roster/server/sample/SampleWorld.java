package dev.roster.server.sample;

/** What one vendor's documentation uses in its samples. */
public interface SampleWorld {

  /** Tells the worlds apart; never changes. */
  String name();

  /** Creates it in a server that never had it, within the caller's transaction. */
  void create();
}
