package dev.roster.client.azurepack;

/**
 * Which users a list shall return, and in which order; null where nothing is asked for.
 *
 * <p>Immutable: each method returns changed options, as in {@code
 * ListOptions.none().filter("contoso").sortProperty("CreatedTime").sortDirection("desc")}. Values
 * are sent as they are, so that the service judges them. Microsoft documents neither the values of
 * {@code sortDirection} nor the syntax of {@code filter}; what is told of them here is what Roster
 * takes.
 *
 * @param skip users to leave out at the beginning, 0 or more
 * @param take most users on one page, 0 or more; {@code listUsers} returns all without it
 * @param sortProperty member of users to order by, such as {@code Email}; by {@code Name} when not
 *     set
 * @param sortDirection {@code asc}, {@code ascending}, {@code desc} or {@code descending};
 *     ascending when not set
 * @param filter text that Name or Email contains, in any case
 */
public record ListOptions(
    Integer skip, Integer take, String sortProperty, String sortDirection, String filter) {

  private static final ListOptions NONE = new ListOptions(null, null, null, null, null);

  /**
   * Asks for everything.
   *
   * @return options without any set
   */
  public static ListOptions none() {
    return NONE;
  }

  /**
   * Sets where to begin.
   *
   * @param skip 0 or more
   * @return changed options
   */
  public ListOptions skip(int skip) {
    return new ListOptions(skip, take, sortProperty, sortDirection, filter);
  }

  /**
   * Sets the page size.
   *
   * @param take 0 or more
   * @return changed options
   */
  public ListOptions take(int take) {
    return new ListOptions(skip, take, sortProperty, sortDirection, filter);
  }

  /**
   * Sets what to order by.
   *
   * @param sortProperty a member of users, such as {@code CreatedTime}
   * @return changed options
   */
  public ListOptions sortProperty(String sortProperty) {
    return new ListOptions(skip, take, sortProperty, sortDirection, filter);
  }

  /**
   * Sets the direction of the order.
   *
   * @param sortDirection such as {@code desc}
   * @return changed options
   */
  public ListOptions sortDirection(String sortDirection) {
    return new ListOptions(skip, take, sortProperty, sortDirection, filter);
  }

  /**
   * Sets the condition.
   *
   * @param filter such as {@code contoso.example}
   * @return changed options
   */
  public ListOptions filter(String filter) {
    return new ListOptions(skip, take, sortProperty, sortDirection, filter);
  }
}
