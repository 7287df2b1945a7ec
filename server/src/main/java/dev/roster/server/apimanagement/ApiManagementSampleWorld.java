package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.ServiceInstance.ServiceDefinition;
import dev.roster.server.sample.SampleWorld;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The service and the user of the documentation's samples. */
@Singleton
class ApiManagementSampleWorld implements SampleWorld {

  /** The documentation's, and one for clients that take nothing but a GUID, as JavaScript's do. */
  private static final List<String> SUBSCRIPTIONS =
      List.of("subid", "11111111-2222-3333-4444-555555555555");

  private static final String SERVICE =
      "/subscriptions/%s/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/apimService1";

  private static final ServiceDefinition DEFINITION =
      new ServiceDefinition(
          "West US",
          Map.of(),
          "Developer",
          1,
          "owner@contoso.example",
          "Contoso",
          "apimgmt-noreply@mail.windowsazure.com");

  /** The user of the documented response of User - Update, identity included. */
  private static final User USER =
      new User(
          "5931a75ae4bbd512a88c680b",
          "foo",
          "bar",
          "foobar@outlook.com",
          UserState.ACTIVE,
          null,
          List.of(new Identity("Microsoft", "*************")),
          Instant.parse("2017-06-02T17:58:50.357Z"),
          null);

  private final ServiceInstanceService services;
  private final UserRepository users;
  private final GroupUserRepository members;

  @Inject
  ApiManagementSampleWorld(
      ServiceInstanceService services, UserRepository users, GroupUserRepository members) {
    this.services = services;
    this.users = users;
    this.members = members;
  }

  @Override
  public String name() {
    return "azure-api-management";
  }

  @Override
  public void create() {
    for (String subscription : SUBSCRIPTIONS) {
      ArmPath path = ArmPath.parse(SERVICE.formatted(subscription));
      ServiceInstance service = services.make(path, DEFINITION).service();
      users.add(service, USER, null);
      members.add(service, SystemGroup.DEVELOPERS.id(), USER.id());
    }
  }
}
