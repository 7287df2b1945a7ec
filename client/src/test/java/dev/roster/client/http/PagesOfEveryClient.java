package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.http.FakeService.Answer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/**
 * How every client reads a list that has several pages.
 *
 * @param <E> type of an entry
 */
public interface PagesOfEveryClient<E> extends ClientTest {

  /** Answers a list of a, b and c, of which the first two are on the first page. */
  void answerPages();

  /** The number of those pages. */
  int pages();

  /** A page without entries that is the last one. */
  Answer emptyPage();

  /** Reads the list. */
  Iterable<E> listAll();

  String nameOf(E entry);

  @Test
  default void pagesAreReadWhenNeeded() {
    answerPages();

    Iterable<E> entries = listAll();
    assertThat(api().service().all()).isEmpty();
    Iterator<E> iterator = entries.iterator();
    assertThat(nameOf(iterator.next())).isEqualTo("a");
    assertThat(nameOf(iterator.next())).isEqualTo("b");
    assertThat(api().requests()).hasSize(1);
    assertThat(nameOf(iterator.next())).isEqualTo("c");
    assertThat(api().requests()).hasSize(pages());
    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next).isExactlyInstanceOf(NoSuchElementException.class);
    assertThat(api().requests()).hasSize(pages());
  }

  @Test
  default void everyIteratorStartsAnew() {
    answerPages();
    Iterable<E> entries = listAll();

    assertThat(FakeService.listOf(entries)).extracting(this::nameOf).containsExactly("a", "b", "c");
    assertThat(api().requests()).hasSize(pages());
    assertThat(FakeService.listOf(entries)).extracting(this::nameOf).containsExactly("a", "b", "c");
    assertThat(api().requests()).hasSize(2 * pages());
  }

  @Test
  default void failedPageIsAskedForAgainByTheSameIterator() {
    answerPages();
    Iterator<E> iterator = listAll().iterator();
    iterator.next();
    iterator.next();
    api().answer(Answer.status(503));
    assertThatThrownBy(iterator::hasNext)
        .isExactlyInstanceOf(api().facts().refused())
        .hasMessageEndingWith(" answered 503");

    answerPages();
    assertThat(nameOf(iterator.next())).isEqualTo("c");
    assertThat(iterator.hasNext()).isFalse();
  }

  @Test
  default void emptyListIsOneRequest() {
    api().answer(emptyPage());

    assertThat(FakeService.listOf(listAll())).isEmpty();
    assertThat(api().requests()).hasSize(1);
  }
}
