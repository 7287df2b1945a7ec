package dev.roster.pact;

/**
 * What a server has to hold before an interaction; the consumer names it, the provider makes it.
 *
 * <p>The states of each API have a class of their own. Here is what they share.
 */
public final class ProviderStates {

  /** Parameter that a state gives: the present entity tag of what it is about. */
  public static final String ENTITY_TAG = "entityTag";

  private ProviderStates() {}
}
