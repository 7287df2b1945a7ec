package dev.roster.server.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArmPathTest {

  private static final String SERVICE =
      "/subscriptions/S/resourceGroups/G/providers/Microsoft.ApiManagement/service/Name";

  @Test
  void resourceHasAsManyNamesAsTypes() {
    ArmPath path = ArmPath.parse(SERVICE + "/users/U");

    assertThat(path)
        .isEqualTo(
            new ArmPath(
                "S",
                "G",
                "Microsoft.ApiManagement",
                List.of("service", "users"),
                List.of("Name", "U")));
    assertThat(path.type()).isEqualTo("service/users");
    assertThat(path.serviceName()).isEqualTo("Name");
    assertThat(path.isResource()).isTrue();
    assertThat(path.isOf("SERVICE/Users")).isTrue();
    assertThat(path.isOf("service")).isFalse();
  }

  @Test
  void collectionHasOneNameLess() {
    ArmPath path = ArmPath.parse(SERVICE + "/groups/g/users");

    assertThat(path.types()).containsExactly("service", "groups", "users");
    assertThat(path.names()).containsExactly("Name", "g");
    assertThat(path.isResource()).isFalse();
  }

  @Test
  void keywordsHaveAnyCaseAndNamesKeepTheirs() {
    ArmPath path = ArmPath.parse("/SUBSCRIPTIONS/s/resourcegroups/g/PROVIDERS/ns/Service/Name");

    assertThat(path).isEqualTo(new ArmPath("s", "g", "ns", List.of("Service"), List.of("Name")));
  }

  @Test
  void pathWithoutProviderIsOfTheResourceManager() {
    assertThat(ArmPath.parse("/subscriptions/s/resourceGroups/g"))
        .isEqualTo(
            new ArmPath(
                "s",
                "g",
                "Microsoft.Resources",
                List.of("subscriptions", "resourceGroups"),
                List.of("s", "g")));
    assertThat(ArmPath.parse("/subscriptions"))
        .isEqualTo(new ArmPath("", "", "Microsoft.Resources", List.of("subscriptions"), List.of()));
    assertThat(ArmPath.parse("/"))
        .isEqualTo(new ArmPath("", "", "Microsoft.Resources", List.of(), List.of()));
    assertThat(ArmPath.parse("").serviceName()).isEmpty();
  }

  @Test
  void providerOfASubscriptionHasNoResourceGroup() {
    assertThat(ArmPath.parse("/subscriptions/s/providers/ns/things/t"))
        .isEqualTo(new ArmPath("s", "", "ns", List.of("things"), List.of("t")));
  }

  @Test
  void onlyTheFirstProviderCounts() {
    assertThat(ArmPath.parse(SERVICE + "/providers/Other/x/y").namespace())
        .isEqualTo("Microsoft.ApiManagement");
  }

  @Test
  void segmentsAreDecodedAfterTheyAreTakenApart() {
    ArmPath path = ArmPath.parse(SERVICE + "/users/a%2Fb+c%2Bd%20%C3%A9%25");

    assertThat(path.names()).containsExactly("Name", "a/b+c+d \u00e9%");
  }

  @Test
  void emptySegmentsAreLeftOut() {
    assertThat(ArmPath.parse("//subscriptions///s//resourceGroups/g/"))
        .isEqualTo(ArmPath.parse("/subscriptions/s/resourceGroups/g"));
  }

  @Test
  void keysAreTheSameWhateverTheCase() {
    assertThat(ArmPath.key("\u00c4bC-1"))
        .isEqualTo(ArmPath.key("\u00e4Bc-1"))
        .isEqualTo("\u00e4bc-1");
  }
}
