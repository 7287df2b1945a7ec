package dev.roster.server.nimble;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How large patterns become. */
class PatternSizeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 0",
        "abc | 3",
        "a{5} | 9",
        "a{2,7} | 13",
        "a{7,} | 12",
        "a{0} | 5",
        "(ab){10} | 80",
        "(a{5}){10} | 150",
        "a{99999} | 1008",
        "a{x} | 4",
        "a{,5} | 5",
        "((((){1000}){1000}){1000}){1000} | 1000000"
      })
  void countedRepetitionsAreWrittenOut(String pattern, long size) {
    assertThat(PatternSize.of(pattern)).isEqualTo(size);
  }

  /** Instructions are at most three for a character. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1,10}){1,10}){1,10}",
        "(((){10}){10}){10}",
        "((a?b*){30})",
        "a{100}\\Q\\E{100}",
        "a{30}(?i){30}(?i){3}",
        "([)]{9}){9}",
        "(\\){9}){9}",
        "(\\Q(\\E{9}){9}",
        "([^)]{9}|[[:alpha:]]{9}){9}",
        "(?:x{1,9}?){9,}?",
        "\\x{41}{9}",
        "(a{9})(?:){9}"
      })
  void theSizeIsThatOfTheCompiledPatternOrMore(String pattern) {
    int instructions = Pattern.compile(pattern).programSize();

    assertThat(3 * PatternSize.of(pattern)).isGreaterThanOrEqualTo(instructions - 2);
  }
}
