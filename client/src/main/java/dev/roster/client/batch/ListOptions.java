package dev.roster.client.batch;

/**
 * What a listing shall return; null where nothing is asked for.
 *
 * <p>Immutable: each method returns changed options, as in {@code ListOptions.none().filter("state
 * eq 'idle'").select("id,state")}. Values are sent as they are, so that the service judges them.
 *
 * @param filter OData condition that the entries meet
 * @param select comma-separated names of the properties to return
 * @param maxResults most entries in one page, 1 to 1000; the service takes 1000 when not set
 */
public record ListOptions(String filter, String select, Integer maxResults) {

  private static final ListOptions NONE = new ListOptions(null, null, null);

  /**
   * Asks for everything.
   *
   * @return options without any set
   */
  public static ListOptions none() {
    return NONE;
  }

  /**
   * Sets the condition.
   *
   * @param filter such as {@code state eq 'idle'}
   * @return changed options
   */
  public ListOptions filter(String filter) {
    return new ListOptions(filter, select, maxResults);
  }

  /**
   * Sets the properties.
   *
   * @param select such as {@code id,state}
   * @return changed options
   */
  public ListOptions select(String select) {
    return new ListOptions(filter, select, maxResults);
  }

  /**
   * Sets the page size.
   *
   * @param maxResults 1 to 1000
   * @return changed options
   */
  public ListOptions maxResults(int maxResults) {
    return new ListOptions(filter, select, maxResults);
  }
}
