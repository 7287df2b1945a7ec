package dev.roster.server.apimanagement;

import au.com.dius.pact.provider.junitsupport.State;
import dev.roster.pact.AzureApiManagementProviderStates;
import dev.roster.pact.ProviderStates;
import dev.roster.server.apimanagement.Group.GroupDefinition;
import dev.roster.server.apimanagement.ServiceInstance.ServiceDefinition;
import dev.roster.server.database.SpaceSql;
import dev.roster.server.database.SpaceStatements;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes the states that the pact names, as rows of the real database.
 *
 * <p>Each begins by clearing everything of Azure API Management, so that none depends on what was
 * before.
 */
@Singleton
public class AzureApiManagementStates {

  private static final Instant REGISTERED = Instant.parse("2017-06-02T17:58:50.357Z");
  private static final Instant SUBSCRIBED = Instant.parse("2020-11-09T21:11:50.58Z");

  /** What is in services goes with them. */
  private static final List<SpaceSql> CLEAR =
      List.of(
          SpaceSql.of("delete from apim_service where space = :space"),
          SpaceSql.of("delete from arm_resource_group where space = :space"),
          SpaceSql.of("delete from arm_subscription where space = :space"));

  private static final SpaceSql COUNT =
      SpaceSql.of(
          """
          select (select count(*) from arm_subscription where space = :space)
            || ' ' || (select count(*) from apim_service where space = :space)
            || ' ' || (select count(*) from apim_user where space = :space)
            || ' ' || (select count(*) from apim_group where space = :space)
            || ' ' || (select count(*) from apim_group_user where space = :space)
            || ' ' || (select count(*) from apim_subscription where space = :space) as rows
          """);

  @Inject ServiceInstanceService services;
  @Inject ServiceInstanceRepository repository;
  @Inject UserRepository users;
  @Inject GroupRepository groups;
  @Inject GroupUserRepository members;
  @Inject SubscriptionRepository subscriptions;
  @Inject SpaceStatements statements;

  /** Clears everything. */
  @State(AzureApiManagementProviderStates.NO_SUBSCRIPTION)
  public void noSubscription() {
    QuarkusTransaction.requiringNew().run(this::clear);
  }

  /** Makes another resource group of the subscription. */
  @State(AzureApiManagementProviderStates.NO_RESOURCE_GROUP)
  public void noResourceGroup() {
    make("rg2", "Developer", service -> service);
  }

  /** Makes the resource group. */
  @State(AzureApiManagementProviderStates.NO_SERVICE)
  public void noService() {
    // Not through the service, which has a transaction of its own.
    makeService("Developer", repository::delete);
  }

  /** Makes the service with what every new one has. */
  @State(AzureApiManagementProviderStates.SERVICE)
  public void service() {
    makeService("Developer", service -> service);
  }

  /**
   * Makes the service with the user.
   *
   * @return the user's entity tags
   */
  @State(AzureApiManagementProviderStates.USER)
  public Map<String, Object> user() {
    VersionTag tag = makeService("Developer", this::addUser).version();
    return Map.of(
        ProviderStates.ENTITY_TAG,
        tag.quoted(),
        AzureApiManagementProviderStates.UPDATE_TAG,
        tag.shortQuoted());
  }

  /** Makes the service with the user, who has a note. */
  @State(AzureApiManagementProviderStates.USER_WITH_NOTE)
  public void userWithNote() {
    makeService(
        "Developer",
        service -> addUser(service, user(UserState.ACTIVE, "A remark of an administrator")));
  }

  /** Makes the service with the user, who is blocked. */
  @State(AzureApiManagementProviderStates.BLOCKED_USER)
  public void blockedUser() {
    makeService("Developer", service -> addUser(service, user(UserState.BLOCKED, null)));
  }

  /** Makes the service with a user whose id is an e-mail address. */
  @State(AzureApiManagementProviderStates.USER_WITH_EMAIL_ID)
  public void userWithEmailId() {
    String email = AzureApiManagementProviderStates.EMAIL_ID;
    makeService(
        "Developer",
        service ->
            addUser(
                service,
                new User(
                    email,
                    "Alice",
                    "Smith",
                    email,
                    UserState.ACTIVE,
                    null,
                    List.of(new Identity(Identity.BASIC, email)),
                    REGISTERED,
                    null)));
  }

  /**
   * Makes the service with the user and a group.
   *
   * @return the group's entity tag
   */
  @State(AzureApiManagementProviderStates.GROUP)
  public Map<String, Object> group() {
    Group group =
        makeService(
            "Developer",
            service -> {
              addUser(service);
              return addGroup(service);
            });
    return Map.of(ProviderStates.ENTITY_TAG, group.version().quoted());
  }

  /** Makes the service with the user in a group. */
  @State(AzureApiManagementProviderStates.MEMBER)
  public void member() {
    makeService(
        "Developer",
        service -> {
          User user = addUser(service);
          return members.add(service, addGroup(service).id(), user.id()).orElseThrow();
        });
  }

  /** Makes the service in the tier without sample products, and one product subscription. */
  @State(AzureApiManagementProviderStates.OWNER_WITH_SUBSCRIPTION)
  public void ownerWithSubscription() {
    makeService(
        Subscription.TIER_WITHOUT_SAMPLES,
        service -> {
          subscriptions.add(
              service,
              AzureApiManagementProviderStates.PRODUCT_SUBSCRIPTION,
              User.OWNER,
              "starter",
              SUBSCRIBED);
          return service;
        });
  }

  /**
   * Tells how many rows there are, for a look at what was made: Azure subscriptions, services,
   * users, groups, memberships and product subscriptions.
   */
  String rows() {
    return statements.selectOne(COUNT, Map.of(), row -> row.getString("rows")).orElseThrow();
  }

  private <T> T makeService(String tier, Function<ServiceInstance, T> content) {
    return make(AzureApiManagementProviderStates.RESOURCE_GROUP, tier, content);
  }

  private <T> T make(String resourceGroup, String tier, Function<ServiceInstance, T> content) {
    ArmPath path =
        ArmPath.parse(
            "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.ApiManagement/service/%s"
                .formatted(
                    AzureApiManagementProviderStates.SUBSCRIPTION,
                    resourceGroup,
                    AzureApiManagementProviderStates.SERVICE_NAME));
    ServiceDefinition definition =
        new ServiceDefinition(
            "West US",
            Map.of("stage", "test"),
            tier,
            1,
            "owner@contoso.example",
            "Contoso",
            "apimgmt-noreply@mail.windowsazure.com");
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              clear();
              return content.apply(services.make(path, definition).service());
            });
  }

  private User addUser(ServiceInstance service) {
    return addUser(service, user(UserState.ACTIVE, null));
  }

  private User addUser(ServiceInstance service, User user) {
    User added = users.add(service, user, null);
    members.add(service, SystemGroup.DEVELOPERS.id(), user.id());
    return added;
  }

  private static User user(UserState state, String note) {
    return new User(
        AzureApiManagementProviderStates.USER_ID,
        "foo",
        "bar",
        "foobar@outlook.com",
        state,
        note,
        List.of(new Identity("Microsoft", "*************")),
        REGISTERED,
        null);
  }

  private Group addGroup(ServiceInstance service) {
    return groups.add(
        service,
        AzureApiManagementProviderStates.GROUP_ID,
        new GroupDefinition("Testers", null, Group.CUSTOM, null),
        false);
  }

  private void clear() {
    CLEAR.forEach(sql -> statements.update(sql, Map.of()));
  }
}
