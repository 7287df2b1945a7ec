package dev.roster.server.azurepack;

import java.util.List;

/**
 * A page of a list.
 *
 * @param filteredTotalCount how many meet the filter, on all pages
 * @param totalCount how many there are
 */
record Page(List<User> items, int filteredTotalCount, int totalCount) {}
