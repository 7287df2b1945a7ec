package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The values are recorded ones. */
class VersionTagTest {

  @Test
  void oneCounterMakesATagOfEightBytes() {
    VersionTag tag = VersionTag.of(0x344f);

    assertThat(tag.quoted()).isEqualTo("\"AAAAAAAANE8=\"");
    assertThat(tag.shortQuoted()).isEqualTo("\"AAAAAAAANE8=\"");
    assertThat(tag.unquoted()).isEqualTo("AAAAAAAANE8=");
    assertThat(tag.opaque()).containsOnly("AAAAAAAANE8=");
  }

  @Test
  void twoCountersMakeATagOfSixteenBytesThatBeginsWithTheShortOne() {
    VersionTag tag = new VersionTag(0x0bf9, Optional.of(0x0bfaL));

    assertThat(tag.quoted()).isEqualTo("\"AAAAAAAAC/kAAAAAAAAL+g==\"");
    assertThat(tag.shortQuoted()).isEqualTo("\"AAAAAAAAC/k=\"");
    assertThat(tag.unquoted()).isEqualTo("AAAAAAAAC/kAAAAAAAAL+g==");
    assertThat(tag.opaque()).containsExactly("AAAAAAAAC/kAAAAAAAAL+g==", "AAAAAAAAC/k=");
  }
}
