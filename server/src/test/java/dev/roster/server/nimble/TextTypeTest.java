package dev.roster.server.nimble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTypeTest {

  private static final int LETTERS_OF_PLANE_ZERO = 0x10000;

  /** The characters that a type allows between two given texts. */
  private static List<Integer> allowed(TextType type, String before, String after) {
    return IntStream.range(0, LETTERS_OF_PLANE_ZERO)
        .filter(c -> type.allows(before + (char) c + after))
        .boxed()
        .toList();
  }

  private static List<Integer> characters(IntPredicate wanted) {
    return IntStream.range(0, LETTERS_OF_PLANE_ZERO).filter(wanted).boxed().toList();
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isLetterOrDigit(int c) {
    return isLetter(c) || c >= '0' && c <= '9';
  }

  private static boolean isPrintable(int c) {
    return c >= ' ' && c <= '~';
  }

  @Test
  void nameHasLettersAndDigitsOnly() {
    assertThat(allowed(TextType.NS_CLI_USER_NAME, "", "a")).isEqualTo(characters(c -> isLetter(c)));
    assertThat(allowed(TextType.NS_CLI_USER_NAME, "a", "a"))
        .isEqualTo(characters(c -> isLetterOrDigit(c)));
    assertThat(allowed(TextType.NS_CLI_USER_NAME, "a", ""))
        .isEqualTo(characters(c -> isLetterOrDigit(c)));
  }

  @Test
  void fullNameHasBlanksApostrophesAndHyphensToo() {
    IntPredicate further = c -> isLetterOrDigit(c) || c == ' ' || c == '\'' || c == '-';

    assertThat(allowed(TextType.NS_FULL_NAME, "", "a")).isEqualTo(characters(c -> isLetter(c)));
    assertThat(allowed(TextType.NS_FULL_NAME, "a", "a")).isEqualTo(characters(further));
    assertThat(allowed(TextType.NS_FULL_NAME, "a", "")).isEqualTo(characters(further));
  }

  @Test
  void passwordHasNoneOfFiveCharacters() {
    assertThat(allowed(TextType.NS_PASSWORD, "pass", "word"))
        .isEqualTo(characters(c -> isPrintable(c) && "&;[]`".indexOf(c) < 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NS_DESCRIPTION", "NS_APP_NAME", "NS_DOMAIN_USER"})
  void textIsPrintableAscii(String type) {
    assertThat(allowed(TextType.valueOf(type), "a", "a"))
        .isEqualTo(characters(c -> isPrintable(c)));
  }

  @Test
  void addressHasOneAtSignAndNoBlank() {
    IntPredicate further = c -> isPrintable(c) && c != ' ' && c != '@';

    assertThat(allowed(TextType.NS_EMAIL, "a", "a@b")).isEqualTo(characters(further));
    assertThat(allowed(TextType.NS_EMAIL, "a@b", "")).isEqualTo(characters(further));
    assertThat(allowed(TextType.NS_EMAIL, "a", "b")).containsExactly((int) '@');
  }

  @ParameterizedTest
  @CsvSource({
    "NS_CLI_USER_NAME, 1, 32",
    "NS_DESCRIPTION, 0, 255",
    "NS_FULL_NAME, 0, 64",
    "NS_PASSWORD, 8, 255",
    "NS_DOMAIN_PASSWORD, 0, 255",
    "NS_DOMAIN_USER, 1, 104",
    "NS_APP_NAME, 0, 255",
    "NS_OBJECT_ID, 42, 42"
  })
  void textHasALeastAndAGreatestLength(String type, int least, int greatest) {
    List<Integer> lengths = new ArrayList<>();
    for (int length = 0; length < 300; length++) {
      if (TextType.valueOf(type).allows("a".repeat(length))) {
        lengths.add(length);
      }
    }

    assertThat(lengths).isEqualTo(IntStream.rangeClosed(least, greatest).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({"254, true", "255, false"})
  void addressHasUpTo254Characters(int length, boolean allowed) {
    assertThat(TextType.NS_EMAIL.allows("a@" + "b".repeat(length - 2))).isEqualTo(allowed);
    assertThat(TextType.NS_EMAIL.allows("a".repeat(length - 2) + "@b")).isEqualTo(allowed);
    assertThat(TextType.NS_EMAIL.allows("")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "administrator, true",
    "poweruser, true",
    "operator, true",
    "guest, true",
    "Guest, false",
    "GUEST, false",
    "admin, false",
    "'guest ', false",
    "'', false"
  })
  void roleIsOneOfFour(String role, boolean allowed) {
    assertThat(TextType.NS_USER_ROLES.allows(role)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "255.255.255.255, true",
    "::1, true",
    "fe80::1:2, true",
    "256.0.0.1, false",
    "127.0.0, false",
    "localhost, false",
    "'', false"
  })
  void addressOfAHostIsNumeric(String address, boolean allowed) {
    assertThat(TextType.NS_IP_ADDRESS.allows(address)).isEqualTo(allowed);
  }

  @Test
  void onlyPasswordsAreSecret() {
    assertThat(TextType.values())
        .filteredOn(TextType::isSecret)
        .containsExactly(TextType.NS_PASSWORD, TextType.NS_DOMAIN_PASSWORD);
  }
}
