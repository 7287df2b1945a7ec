package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArmPathsTest {

  private static final String SERVICE =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/n";

  private final ArmPaths paths = new ArmPaths();

  @Test
  void keywordsGetTheCaseOfTheContract() {
    assertThat(
            paths.canonical(
                "/SUBSCRIPTIONS/S/resourcegroups/G/Providers/microsoft.apimanagement/SERVICE/N/USERS/U/generatessourl"))
        .isEqualTo(
            "/subscriptions/S/resourceGroups/G/providers/Microsoft.ApiManagement/service/N/users/U/generateSsoUrl");
  }

  @Test
  void namesKeepTheirCaseAndTheirEscapes() {
    assertThat(paths.canonical(SERVICE + "/USERS/a%2Fb+C%20"))
        .isEqualTo(SERVICE + "/users/a%2Fb+C%20");
  }

  @Test
  void escapedKeywordsAreKnown() {
    assertThat(paths.canonical(SERVICE + "/%75SERS")).isEqualTo(SERVICE + "/users");
  }

  @Test
  void emptySegmentsAreLeftOut() {
    assertThat(paths.canonical("/" + SERVICE + "//users/")).isEqualTo(SERVICE + "/users");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/subscriptions",
        SERVICE + "/apis",
        SERVICE + "/users/.",
        SERVICE + "/users/..",
        SERVICE + "/users/%2e%2E",
        SERVICE + "/users/../groups",
        SERVICE + "/users/u/v",
        SERVICE + "%2Fusers/u"
      })
  void otherPathsAreNotKnownAndStayAsTheyAre(String path) {
    assertThat(paths.isKnown(path)).isFalse();
    assertThat(paths.isKnown("GET", path)).isFalse();
    assertThat(paths.canonical(path)).isEqualTo(path);
    assertThat(paths.allowed(path)).isEmpty();
  }

  @Test
  void pathsHaveTheVerbsOfTheContract() {
    assertThat(paths.allowed(SERVICE + "/users")).isEqualTo("GET");
    assertThat(paths.allowed(SERVICE + "/USERS/u")).isEqualTo("HEAD, GET, PUT, PATCH, DELETE");
    assertThat(paths.isKnown("GET", SERVICE + "/users")).isTrue();
    assertThat(paths.isKnown("HEAD", SERVICE + "/users")).isFalse();
    assertThat(paths.isKnown("get", SERVICE + "/users")).isFalse();
  }
}
