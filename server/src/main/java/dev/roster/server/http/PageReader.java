package dev.roster.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads one page of a listing that is ordered by a key, passing over what does not match.
 *
 * @param <T> the items
 */
public final class PageReader<T> {

  private static final int BATCH = 1000;

  private final Source<T> source;
  private final Function<T, String> key;

  /** Where the items come from. */
  @FunctionalInterface
  public interface Source<T> {
    /** The items from after a key on, in the order of their keys; fewer than asked at the end. */
    List<T> after(Optional<String> key, int most);
  }

  /**
   * A page.
   *
   * @param items at most as many as asked for
   * @param next the key after which the next page begins; empty on the last page
   */
  public record Page<T>(List<T> items, Optional<String> next) {}

  /** Reads from a source whose items have this key. */
  public PageReader(Source<T> source, Function<T, String> key) {
    this.source = source;
    this.key = key;
  }

  /** Reads the matching items from after a key on. */
  public Page<T> read(Optional<String> after, int most, Predicate<T> matches) {
    List<T> items = new ArrayList<>();
    // One more than fits tells whether there is another page.
    int batch = Math.min(BATCH, most + 1);
    Optional<String> position = after;
    while (true) {
      List<T> found = source.after(position, batch);
      for (T item : found) {
        if (matches.test(item)) {
          if (items.size() == most) {
            return new Page<>(items, Optional.of(key.apply(items.get(most - 1))));
          }
          items.add(item);
        }
      }
      if (found.size() < batch) {
        return new Page<>(items, Optional.empty());
      }
      position = Optional.of(key.apply(found.get(found.size() - 1)));
      // What matches is rare, so that steps of a page would be many.
      batch = BATCH;
    }
  }
}
