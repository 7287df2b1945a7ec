package dev.roster.server.nimble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.error.ApiException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIdTest {

  @ParameterizedTest
  @CsvSource({
    "ARRAY, 1, 0900000000000004d3000000000000000000000001",
    "USER, 3, 1000000000000004d3000000000000000000000003",
    "ROLE, 4, 1500000000000004d3000000000000000000000004",
    "TOKEN, 43981, 1900000000000004d300000000000000000000abcd",
    "USER, 9223372036854775807, 1000000000000004d3000000007fffffffffffffff"
  })
  void idIsTypeGroupAndSerialNumber(String type, long serial, String id) {
    ObjectId.Type of = ObjectId.Type.valueOf(type);

    assertThat(of.id(serial)).isEqualTo(id).hasSize(42);
    assertThat(of.serial(id)).hasValue(serial);
  }

  @Test
  void upperCaseIsTheSameId() {
    assertThat(ObjectId.Type.USER.serial("1000000000000004D300000000000000000000ABCD"))
        .hasValue(0xabcd);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1500000000000004d3000000000000000000000003",
        "1900000000000004d3000000000000000000000003",
        "1000000000000004d4000000000000000000000003",
        "1000000000000004d3000000008000000000000000",
        "1000000000000004d3ffffffffffffffffffffffff",
        "1000000000000004d300000000000000000000003",
        "1000000000000004d30000000000000000000000003",
        "1000000000000004d3-00000000000000000000003",
        "1000000000000004d3+00000000000000000000003",
        "1000000000000004d300000000000000000000000g",
        "",
        "3"
      })
  void otherIdsHaveNoSerialNumberOfAUser(String id) {
    assertThat(ObjectId.Type.USER.serial(id)).isEqualTo(OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000000000000004d3000000000000000000000003",
        "1000000000000004D3000000000000000000000003",
        "ffffffffffffffffffffffffffffffffffffffffff"
      })
  void wellFormedIdOfAPathIsTakenAsItIs(String id) {
    assertThat(ObjectId.ofPath(id)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000000000000004d300000000000000000000003",
        "1000000000000004d30000000000000000000000003",
        "1000000000000004d300000000000000000000000g",
        "1000000000000004d300000000000000000000003\n",
        "\uff11000000000000004d300000000000000000000003",
        ""
      })
  void otherTextOfAPathIsRefused(String id) {
    assertThatThrownBy(() -> ObjectId.ofPath(id))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal.error().status()).isEqualTo(400);
              assertThat(refusal.error().code()).isEqualTo("SM_invalid_path_variable");
            });
  }
}
