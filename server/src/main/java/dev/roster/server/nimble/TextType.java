package dev.roster.server.nimble;

import io.netty.util.NetUtil;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The types of the documentation whose values are texts. */
enum TextType {
  /** Name of a user. */
  NS_CLI_USER_NAME("[A-Za-z][A-Za-z0-9]{0,31}", "1 to 32 letters and digits, a letter first"),
  /** Description. */
  NS_DESCRIPTION("[\\x20-\\x7e]{0,255}", "up to 255 printable ASCII characters"),
  /** Full name; its default has to be legal as well. */
  NS_FULL_NAME(
      "([A-Za-z][A-Za-z0-9 '-]{0,63})?",
      "empty, or up to 64 letters, digits, blanks, apostrophes and hyphens, a letter first"),
  /** E-mail address; its default has to be legal as well. */
  NS_EMAIL(
      "([\\x21-\\x3f\\x41-\\x7e]+@[\\x21-\\x3f\\x41-\\x7e]+)?",
      "empty, or an e-mail address of up to 254 characters",
      254),
  /** A password that is to hold from now on. */
  NS_PASSWORD(
      "[\\x20-\\x25\\x27-\\x3a\\x3c-\\x5a\\x5c\\x5e\\x5f\\x61-\\x7e]{8,255}",
      "8 to 255 printable ASCII characters without & ; [ ] and `"),
  /** A password that is to be compared only. */
  NS_DOMAIN_PASSWORD("(?s).{0,255}", "up to 255 characters"),
  /** Name of a user who logs in. */
  NS_DOMAIN_USER("[\\x20-\\x7e]{1,104}", "1 to 104 printable ASCII characters"),
  /** What a client calls itself. */
  NS_APP_NAME("[\\x20-\\x7e]{0,255}", "up to 255 printable ASCII characters"),
  /** Identifier of an object. */
  NS_OBJECT_ID("[0-9a-fA-F]{42}", "42 hexadecimal digits"),
  /** Role. */
  NS_USER_ROLES(
      text -> UserRole.of(text).isPresent(), "administrator, poweruser, operator or guest"),
  /** Address. */
  NS_IP_ADDRESS(
      text -> NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text),
      "an IP address");

  private final Predicate<String> form;
  private final String expected;

  TextType(String pattern, String expected) {
    this(Pattern.compile(pattern).asMatchPredicate(), expected);
  }

  TextType(String pattern, String expected, int longest) {
    this(
        Pattern.compile(pattern).asMatchPredicate().and(text -> text.length() <= longest),
        expected);
  }

  TextType(Predicate<String> form, String expected) {
    this.form = form;
    this.expected = expected;
  }

  /** Whether a text is a value of the type. */
  boolean allows(String text) {
    return form.test(text);
  }

  /** What values are, for an error. */
  String expected() {
    return expected;
  }

  /** Whether values may not be repeated in an error. */
  boolean isSecret() {
    return this == NS_PASSWORD || this == NS_DOMAIN_PASSWORD;
  }
}
