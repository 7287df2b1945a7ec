package dev.roster.client.nimble;

/**
 * What a list or a query shall return, and in which order; null where nothing is asked for.
 *
 * <p>Immutable: each method returns changed options, as in {@code
 * ListOptions.none().fields("id,name").sortBy("-creation_time")}. Values are sent as they are, so
 * that the array judges them. Names are those of the API, such as {@code full_name}.
 *
 * @param fields members wanted, separated by commas; the others come back as null. Lists of ids and
 *     names do not take it
 * @param startRow first row wanted, counted from 0
 * @param endRow first row no longer wanted
 * @param pageSize most rows on one page, 1 to 1024; 1024 when not set
 * @param sortBy members to order by, separated by commas, with a minus sign before one for the
 *     opposite order; by id when not set
 * @param iSortBy as {@code sortBy}, without regard to case
 */
public record ListOptions(
    String fields,
    Integer startRow,
    Integer endRow,
    Integer pageSize,
    String sortBy,
    String iSortBy) {

  private static final ListOptions NONE = new ListOptions(null, null, null, null, null, null);

  /**
   * Asks for everything.
   *
   * @return options without any set
   */
  public static ListOptions none() {
    return NONE;
  }

  /**
   * Sets the members wanted.
   *
   * @param fields such as {@code id,name}
   * @return changed options
   */
  public ListOptions fields(String fields) {
    return new ListOptions(fields, startRow, endRow, pageSize, sortBy, iSortBy);
  }

  /**
   * Sets where to begin.
   *
   * @param startRow 0 or more
   * @return changed options
   */
  public ListOptions startRow(int startRow) {
    return new ListOptions(fields, startRow, endRow, pageSize, sortBy, iSortBy);
  }

  /**
   * Sets where to end.
   *
   * @param endRow the first row to leave out; may lie behind the last
   * @return changed options
   */
  public ListOptions endRow(int endRow) {
    return new ListOptions(fields, startRow, endRow, pageSize, sortBy, iSortBy);
  }

  /**
   * Sets the page size, which is not the size of the list.
   *
   * @param pageSize 1 to 1024
   * @return changed options
   */
  public ListOptions pageSize(int pageSize) {
    return new ListOptions(fields, startRow, endRow, pageSize, sortBy, iSortBy);
  }

  /**
   * Sets the order.
   *
   * @param sortBy such as {@code role,-creation_time}
   * @return changed options
   */
  public ListOptions sortBy(String sortBy) {
    return new ListOptions(fields, startRow, endRow, pageSize, sortBy, iSortBy);
  }

  /**
   * Sets the order, in which case does not count.
   *
   * @param iSortBy such as {@code -name}
   * @return changed options
   */
  public ListOptions iSortBy(String iSortBy) {
    return new ListOptions(fields, startRow, endRow, pageSize, sortBy, iSortBy);
  }

  /** The same options, for a list that does not take fields. */
  ListOptions withoutFields() {
    if (fields != null) {
      throw new IllegalArgumentException(
          "A list of ids and names takes no fields: ask for the one with details");
    }
    return this;
  }
}
