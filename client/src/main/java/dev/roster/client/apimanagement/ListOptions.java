package dev.roster.client.apimanagement;

/**
 * What a listing shall return; null where nothing is asked for.
 *
 * <p>Immutable: each method returns changed options, as in {@code ListOptions.none().filter("state
 * eq 'blocked'").top(50)}. Values are sent as they are, so that the service judges them.
 *
 * @param filter OData condition that the entries meet
 * @param top most entries on one page, 1 or more; further pages follow all the same
 * @param skip entries to leave out at the beginning, 0 or more
 * @param expandGroups whether each user is listed with its groups; only the users of the service
 *     can be
 */
public record ListOptions(String filter, Integer top, Integer skip, Boolean expandGroups) {

  private static final ListOptions NONE = new ListOptions(null, null, null, null);

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
   * @param filter such as {@code state eq 'blocked'} or {@code email eq 'a@contoso.example'}
   * @return changed options
   */
  public ListOptions filter(String filter) {
    return new ListOptions(filter, top, skip, expandGroups);
  }

  /**
   * Sets the page size.
   *
   * @param top 1 or more
   * @return changed options
   */
  public ListOptions top(int top) {
    return new ListOptions(filter, top, skip, expandGroups);
  }

  /**
   * Sets where to begin.
   *
   * @param skip 0 or more
   * @return changed options
   */
  public ListOptions skip(int skip) {
    return new ListOptions(filter, top, skip, expandGroups);
  }

  /**
   * Asks for the groups of each user.
   *
   * @param expandGroups whether to list users with their groups
   * @return changed options
   */
  public ListOptions expandGroups(boolean expandGroups) {
    return new ListOptions(filter, top, skip, expandGroups);
  }

  /** The same options, for a listing that cannot expand groups. */
  ListOptions withoutGroups() {
    if (expandGroups != null) {
      throw new IllegalArgumentException("Only the users of the service can be listed with groups");
    }
    return this;
  }
}
