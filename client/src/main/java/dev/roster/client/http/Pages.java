package dev.roster.client.http;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The entries of all pages of a listing, each page read when its first entry is needed.
 *
 * @param <P> type of a page
 * @param <E> type of an entry
 */
public final class Pages<P, E> implements Iterable<E> {

  private final Supplier<P> firstPage;
  private final Function<String, P> pageBehind;
  private final Function<P, List<E>> entries;
  private final Function<P, String> nextLink;

  /**
   * Takes how pages are read.
   *
   * @param firstPage requests the first page
   * @param pageBehind requests the page that a link leads to
   * @param entries tells the entries of a page; null for none
   * @param nextLink tells the link to the next page; null or empty for none
   */
  public Pages(
      Supplier<P> firstPage,
      Function<String, P> pageBehind,
      Function<P, List<E>> entries,
      Function<P, String> nextLink) {
    this.firstPage = firstPage;
    this.pageBehind = pageBehind;
    this.entries = entries;
    this.nextLink = nextLink;
  }

  @Override
  public Iterator<E> iterator() {
    return new Entries();
  }

  private final class Entries implements Iterator<E> {

    private boolean started;
    private String link;
    private Iterator<E> page = Collections.emptyIterator();

    @Override
    public boolean hasNext() {
      // A page may be empty and still have a successor. A failed page is asked for again.
      while (!page.hasNext() && (!started || link != null)) {
        turn(started ? pageBehind.apply(link) : firstPage.get());
      }
      return page.hasNext();
    }

    @Override
    public E next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.next();
    }

    private void turn(P next) {
      List<E> values = next == null ? null : entries.apply(next);
      started = true;
      link = next == null ? null : nextLink.apply(next);
      link = link == null || link.isEmpty() ? null : link;
      page = values == null ? Collections.emptyIterator() : values.iterator();
    }
  }
}
