package dev.roster.server.apimanagement;

import java.util.List;

/**
 * A page of a listing.
 *
 * @param count number of entries on all pages
 */
record Page<T>(List<T> items, long count) {

  /** Copies the items. */
  Page {
    items = List.copyOf(items);
  }
}
