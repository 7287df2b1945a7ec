package dev.roster.vendorsdks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.Context;
import com.azure.resourcemanager.apimanagement.ApiManagementManager;
import com.azure.resourcemanager.apimanagement.fluent.models.GroupContractProperties;
import com.azure.resourcemanager.apimanagement.fluent.models.UserIdentityContractInner;
import com.azure.resourcemanager.apimanagement.models.ApiManagementServiceResource;
import com.azure.resourcemanager.apimanagement.models.ApiManagementServiceSkuProperties;
import com.azure.resourcemanager.apimanagement.models.AppType;
import com.azure.resourcemanager.apimanagement.models.Confirmation;
import com.azure.resourcemanager.apimanagement.models.GroupContract;
import com.azure.resourcemanager.apimanagement.models.GroupType;
import com.azure.resourcemanager.apimanagement.models.GroupUsers;
import com.azure.resourcemanager.apimanagement.models.Groups;
import com.azure.resourcemanager.apimanagement.models.KeyType;
import com.azure.resourcemanager.apimanagement.models.SkuType;
import com.azure.resourcemanager.apimanagement.models.SubscriptionContract;
import com.azure.resourcemanager.apimanagement.models.SubscriptionState;
import com.azure.resourcemanager.apimanagement.models.UserContract;
import com.azure.resourcemanager.apimanagement.models.UserIdentityContract;
import com.azure.resourcemanager.apimanagement.models.UserState;
import com.azure.resourcemanager.apimanagement.models.UserTokenParameters;
import com.azure.resourcemanager.apimanagement.models.Users;
import dev.roster.testing.Covers;
import dev.roster.testing.ServerProcess;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * Microsoft's API Management client for Java, as it is published, against the packaged server.
 *
 * <p>It sends no token over http, so the server is called over https. The trust store reaches the
 * client through the system properties a user would give its JVM on the command line. They are set
 * here because the server makes its authority when it starts; Java reads them when the client opens
 * its first connection, and the client keeps what it read for as long as the JVM lives, so that all
 * tests of this client have to share one server.
 *
 * <p>Its {@code deleteById} of users and groups fails before it sends anything. Its models show an
 * absent list as an empty one; only {@code innerModel()} tells them apart.
 */
class AzureApiManagementSdkIT {

  private static final String SUBSCRIPTION = "subid";
  private static final String GROUP = "rg1";
  private static final String SAMPLE_SERVICE = "apimService1";
  private static final String SAMPLE_USER = "5931a75ae4bbd512a88c680b";
  private static final String OWNER = "1";

  private static final String ANY_TAG = "*";
  private static final String PASSWORD = "Str0ng-enough!";

  private static final String TAG_OF_A_USER = "\"[A-Za-z0-9+/]{22}==\"";
  private static final String TAG = "\"[A-Za-z0-9+/]{11}=\"";

  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuuMMddHHmm");

  @TempDir private static Path dataDir;

  private static final List<HttpRequest> sent = new CopyOnWriteArrayList<>();
  private static final List<String> scopes = new CopyOnWriteArrayList<>();

  private static final RecordedAnswers answers = new RecordedAnswers("azure-api-management");

  private static ServerProcess server;
  private static ApiManagementManager manager;
  private static Users users;
  private static Groups groups;
  private static GroupUsers members;

  /** Where tests make users that no listing of theirs looks at. */
  private static String service;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(dataDir, Map.of());
    System.setProperty(TRUST_STORE, server.trustStore().toString());
    System.setProperty(TRUST_STORE_PASSWORD, "changeit");
    manager = signedInWith("a token");
    users = manager.users();
    groups = manager.groups();
    members = manager.groupUsers();
    service = newService();
  }

  @AfterAll
  static void stop() {
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_STORE_PASSWORD);
    if (server != null) {
      server.close();
    }
  }

  @Test
  void sampleWorldIsReadAsTheDocumentationShowsIt() {
    UserContract user = users.get(GROUP, SAMPLE_SERVICE, SAMPLE_USER);
    assertThat(user.id()).isEqualTo(serviceId(SAMPLE_SERVICE) + "/users/" + SAMPLE_USER);
    assertThat(user.type()).isEqualTo("Microsoft.ApiManagement/service/users");
    assertThat(user.name()).isEqualTo(SAMPLE_USER);
    assertThat(user.firstName()).isEqualTo("foo");
    assertThat(user.lastName()).isEqualTo("bar");
    assertThat(user.email()).isEqualTo("foobar@outlook.com");
    assertThat(user.state()).isEqualTo(UserState.ACTIVE);
    assertThat(user.registrationDate()).isEqualTo(OffsetDateTime.parse("2017-06-02T17:58:50.357Z"));
    assertThat(user.note()).isNull();
    assertThat(user.innerModel().groups()).isNull();
    assertThat(user.identities())
        .extracting(UserIdentityContract::provider, UserIdentityContract::id)
        .containsExactly(tuple("Microsoft", "*************"));
  }

  @Test
  @Covers({"apim.list-users.answer", "apim.put-service.owner"})
  void ownerIsTheFirstUserOfAService() {
    String own = newService();
    assertThat(users.listByService(GROUP, own))
        .singleElement()
        .satisfies(
            owner -> {
              assertThat(owner.name()).isEqualTo(OWNER);
              assertThat(owner.firstName()).isEqualTo("Administrator");
              assertThat(owner.lastName()).isEmpty();
              assertThat(owner.email()).isEqualTo("publisher@contoso.example");
              assertThat(owner.state()).isEqualTo(UserState.ACTIVE);
              assertThat(owner.innerModel().groups()).isNull();
              assertThat(owner.identities())
                  .extracting(UserIdentityContract::provider, UserIdentityContract::id)
                  .containsExactly(tuple("Azure", "publisher@contoso.example"));
            });
    assertThat(manager.userGroups().list(GROUP, own, OWNER))
        .extracting(GroupContract::name)
        .containsExactly("administrators", "developers");
  }

  @Test
  @Covers("apim.common.bearer-accepted")
  void anyTokenIsGoodForTheScopeOfTheManagementEndpoint() {
    users.get(GROUP, service, OWNER);
    // The client appends /.default to a URL that ends in a slash.
    assertThat(scopes).isNotEmpty().containsOnly(server.httpsEndpoint() + "//.default");
    assertThat(lastSent().getHeaders().getValue("Authorization")).isEqualTo("Bearer a token");
    assertThat(lastSent().getUrl().getQuery()).isEqualTo("api-version=2021-08-01");
  }

  @Test
  void emptyTokenIsRefusedWithoutAnotherTry() {
    Users unknown = signedInWith("").users();
    int before = sent.size();
    assertError(
        () -> unknown.get(GROUP, service, OWNER),
        401,
        "InvalidAuthenticationToken",
        "The access token is invalid.");
    assertThat(sent).hasSize(before + 1);
  }

  @Test
  @Covers({"apim.put-user.identities", "apim.put-user.mails"})
  void userIsDefinedWithEverythingTheClientKnows() {
    String id = newId();
    OffsetDateTime before = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    UserContract created =
        users
            .define(id)
            .withExistingService(GROUP, service)
            .withEmail(email(id))
            .withFirstName("Ada")
            .withLastName("Lovelace")
            .withPassword(PASSWORD)
            .withAppType(AppType.DEVELOPER_PORTAL)
            .withConfirmation(Confirmation.SIGNUP)
            .withState(UserState.BLOCKED)
            .withNote("first of all")
            .withIdentities(
                List.of(new UserIdentityContractInner().withProvider("Facebook").withId("ada-1")))
            .withNotify(true)
            .create();
    assertThat(created.id()).isEqualTo(serviceId(service) + "/users/" + id);
    assertThat(created.type()).isEqualTo("Microsoft.ApiManagement/service/users");
    assertThat(created.name()).isEqualTo(id);
    assertThat(created.email()).isEqualTo(email(id));
    assertThat(created.firstName()).isEqualTo("Ada");
    assertThat(created.lastName()).isEqualTo("Lovelace");
    assertThat(created.state()).isEqualTo(UserState.BLOCKED);
    assertThat(created.note()).isEqualTo("first of all");
    assertThat(created.registrationDate()).isBetween(before, OffsetDateTime.now(ZoneOffset.UTC));
    assertThat(created.groups())
        .extracting(
            GroupContractProperties::displayName,
            GroupContractProperties::builtIn,
            GroupContractProperties::type)
        .containsExactly(tuple("Developers", true, GroupType.SYSTEM));
    assertThat(created.identities())
        .extracting(UserIdentityContract::provider, UserIdentityContract::id)
        .containsExactlyInAnyOrder(tuple("Facebook", "ada-1"), tuple("Basic", email(id)));
    assertThat(lastSent().getUrl().getQuery()).isEqualTo("notify=true&api-version=2021-08-01");
    assertThat(server.log()).doesNotContain(PASSWORD);
  }

  @Test
  @Covers("apim.get-user.answer")
  void userIsDefinedWithWhatIsRequiredAndRead() {
    String id = newId();
    UserContract created = createUser(service, id);
    assertThat(created.state()).isEqualTo(UserState.ACTIVE);
    assertThat(created.note()).isNull();
    assertThat(created.groups())
        .extracting(GroupContractProperties::displayName)
        .containsExactly("Developers");

    Response<UserContract> answer = users.getWithResponse(GROUP, service, id, Context.NONE);
    assertThat(answer.getHeaders().getValue("ETag")).matches(TAG_OF_A_USER);
    UserContract read = answer.getValue();
    assertThat(read.id()).isEqualTo(created.id());
    assertThat(read.registrationDate()).isEqualTo(created.registrationDate());
    assertThat(read.email()).isEqualTo(email(id));
    assertThat(read.note()).isNull();
    assertThat(read.innerModel().groups()).isNull();
    assertThat(read.identities())
        .extracting(UserIdentityContract::provider, UserIdentityContract::id)
        .containsExactly(tuple("Basic", email(id)));
    assertThat(created.refresh().innerModel().groups()).isNull();
  }

  @Test
  void userIsReadByAnIdInAnotherCase() {
    String id = newId();
    UserContract created = createUser(service, id);
    String otherCase =
        created
            .id()
            .replace("resourceGroups/rg1", "resourcegroups/RG1")
            .replace(id, "SDK" + id.substring(3));
    assertThat(users.getById(otherCase).id()).isEqualTo(created.id());
  }

  @Test
  void emailAddressCanBeAUserId() {
    String id = "Ada+" + newId() + "@contoso.example";
    assertThat(createUser(service, id).name()).isEqualTo(id);
    assertThat(users.get(GROUP, service, id).name()).isEqualTo(id);
    users.delete(GROUP, service, id, ANY_TAG);
  }

  @Test
  @Covers("apim.head-user.answer")
  void headTellsTheTagOfAUser() {
    String id = newId();
    createUser(service, id);
    String tag =
        users
            .getEntityTagWithResponse(GROUP, service, id, Context.NONE)
            .getDeserializedHeaders()
            .etag();
    assertThat(tag).matches(TAG_OF_A_USER).isEqualTo(tagOf(id));
    assertNotFoundWithoutBody(() -> users.getEntityTag(GROUP, service, newId()));
  }

  @Test
  @Covers("apim.get-user.unknown")
  void unknownUserIsNotFound() {
    ManagementError error =
        assertError(
            () -> users.get(GROUP, service, newId()), 404, "ResourceNotFound", "User not found.");
    assertThat(error.getDetails()).isNull();
  }

  @Test
  @Covers("apim.common.service-unknown")
  void nothingIsFoundBelowAnUnknownService() {
    String message =
        "The Resource 'Microsoft.ApiManagement/service/nosuch' under resource group 'rg1' was not"
            + " found. For more details please go to https://aka.ms/ARMResourceNotFoundFix";
    assertError(() -> users.get(GROUP, "nosuch", OWNER), 404, "ResourceNotFound", message);
    assertError(() -> createUser("nosuch", newId()), 404, "ResourceNotFound", message);
    assertError(
        () -> users.listByService(GROUP, "nosuch").stream().count(),
        404,
        "ResourceNotFound",
        message);
    assertError(
        () -> manager.apiManagementServices().getByResourceGroup(GROUP, "nosuch"),
        404,
        "ResourceNotFound",
        message);
  }

  @Test
  @Covers("apim.common.path-unknown")
  void operationOutsideTheContractIsAnUnknownResourceType() {
    ManagementException error =
        catchThrowableOfType(
            ManagementException.class,
            () -> manager.products().listByService(GROUP, service).stream().count());
    assertThat(error.getResponse().getStatusCode()).isEqualTo(404);
    assertThat(error.getValue().getCode()).isEqualTo("InvalidResourceType");
    assertThat(error.getValue().getMessage())
        .startsWith(
            "The resource type 'service/products' could not be found in the namespace"
                + " 'Microsoft.ApiManagement' for api version '2021-08-01'.");
  }

  @Test
  @Covers("apim.common.wrong-verb")
  void updateOfAServiceIsNotSupported() {
    ManagementException error =
        catchThrowableOfType(
            ManagementException.class,
            () ->
                manager
                    .apiManagementServices()
                    .getByResourceGroup(GROUP, service)
                    .update()
                    .withTags(Map.of("stage", "test"))
                    .apply());
    assertThat(error.getResponse().getStatusCode()).isEqualTo(405);
    assertThat(error.getValue().getCode()).isEqualTo("MethodNotAllowed");
    assertThat(error.getValue().getMessage())
        .startsWith("The HTTP method 'PATCH' is not supported on the resource '");
  }

  @Test
  @Covers({
    "apim.common.top",
    "apim.common.next-link",
    "apim.common.next-link-host",
    "apim.common.order"
  })
  void usersAreListedPageByPage() {
    String own = newService();
    String first = newId();
    String second = newId();
    createUser(own, first);
    createUser(own, second);

    PagedIterable<UserContract> paged =
        users.listByService(GROUP, own, null, 1, null, null, Context.NONE);
    List<PagedResponse<UserContract>> pages = paged.streamByPage().toList();
    assertThat(pages)
        .extracting(page -> page.getValue().stream().map(UserContract::name).toList())
        .containsExactly(List.of(OWNER), List.of(first), List.of(second));
    String list =
        server.httpsEndpoint() + serviceId(own) + "/users?%24top=1&api-version=2021-08-01";
    assertThat(pages)
        .extracting(PagedResponse::getContinuationToken)
        .containsExactly(list + "&%24skip=1", list + "&%24skip=2", null);
    assertThat(paged).extracting(UserContract::name).containsExactly(OWNER, first, second);

    assertThat(users.listByService(GROUP, own, null, 2, 1, null, Context.NONE).streamByPage())
        .singleElement()
        .satisfies(
            page ->
                assertThat(page.getValue())
                    .extracting(UserContract::name)
                    .containsExactly(first, second));
  }

  @Test
  void usersAreListedWithFilter() {
    String own = newService();
    String ada = newId();
    String brendan = newId();
    createUser(own, ada);
    defineUser(own, brendan).withLastName("O'Brien").withState(UserState.BLOCKED).create();

    assertThat(namesIn(own, "state eq 'blocked'")).containsExactly(brendan);
    assertThat(namesIn(own, "email eq '" + email(ada) + "'")).containsExactly(ada);
    assertThat(namesIn(own, "lastName eq 'O''Brien'")).containsExactly(brendan);
    assertThat(namesIn(own, "startswith(name,'" + ada + "') or name eq '1'"))
        .containsExactly(OWNER, ada);
    assertThat(namesIn(own, "substringof('brien',lastName) and not (state eq 'active')"))
        .containsExactly(brendan);
    assertThat(namesIn(own, "registrationDate lt 2000-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void filterWithAnUnknownFieldIsAFaultOfThatParameter() {
    assertThat(validationError(() -> namesIn(service, "shoeSize eq '44'")).getDetails())
        .extracting(ManagementError::getCode, ManagementError::getTarget)
        .containsExactly(tuple("ValidationError", "$filter"));
  }

  @Test
  @Covers("apim.list-users.expand-groups")
  void usersAreListedWithTheirGroupsOverSeveralPages() {
    String own = newService();
    createUser(own, newId());
    assertThat(users.listByService(GROUP, own, null, 1, null, true, Context.NONE))
        .extracting(
            user -> user.groups().stream().map(GroupContractProperties::displayName).toList())
        .containsExactly(List.of("Administrators", "Developers"), List.of("Developers"));
    assertThat(users.listByService(GROUP, own, null, null, null, false, Context.NONE))
        .extracting(user -> user.innerModel().groups())
        .containsExactly(null, null);
  }

  @Test
  @Covers({
    "apim.update-user.groups-empty",
    "apim.update-user.email-keeps-identity",
    "apim.update-user.registration-date-kept"
  })
  void everythingOfAUserIsUpdated() {
    String id = newId();
    UserContract created = createUser(service, id);
    UserContract updated =
        created
            .update()
            .withEmail("new-" + email(id))
            .withFirstName("Grace")
            .withLastName("Hopper")
            .withNote("changed")
            .withPassword(PASSWORD)
            .withState(UserState.BLOCKED)
            .withIfMatch(tagOf(id))
            .apply();
    assertThat(updated.email()).isEqualTo("new-" + email(id));
    assertThat(updated.firstName()).isEqualTo("Grace");
    assertThat(updated.lastName()).isEqualTo("Hopper");
    assertThat(updated.note()).isEqualTo("changed");
    assertThat(updated.state()).isEqualTo(UserState.BLOCKED);
    assertThat(updated.innerModel().groups()).isEmpty();
    UserContract read = users.get(GROUP, service, id);
    assertThat(read.email()).isEqualTo("new-" + email(id));
    assertThat(read.registrationDate()).isEqualTo(created.registrationDate());
    assertThat(read.identities())
        .extracting(UserIdentityContract::provider, UserIdentityContract::id)
        .containsExactly(tuple("Basic", email(id)));
  }

  @Test
  @Covers("apim.update-user.absent-keeps")
  void whatAnUpdateDoesNotNameIsKept() {
    String id = newId();
    createUser(service, id);
    users.get(GROUP, service, id).update().withNote("only this").withIfMatch(ANY_TAG).apply();
    UserContract read = users.get(GROUP, service, id);
    assertThat(read.note()).isEqualTo("only this");
    assertThat(read.email()).isEqualTo(email(id));
    assertThat(read.firstName()).isEqualTo("Ada");
    assertThat(read.lastName()).isEqualTo("Lovelace");
    assertThat(read.state()).isEqualTo(UserState.ACTIVE);
  }

  @Test
  @Covers({
    "apim.update-user.if-match-exact",
    "apim.update-user.if-match-star",
    "apim.update-user.stale-tag",
    "apim.common.precondition-failed"
  })
  void updateGoesThroughWithThePresentTagOrAStarAndFailsWithAStaleOne() {
    String id = newId();
    UserContract user = createUser(service, id);
    String stale = tagOf(id);
    user.update().withNote("exact").withIfMatch(stale).apply();
    assertThat(tagOf(id)).matches(TAG_OF_A_USER).isNotEqualTo(stale);

    ManagementError error =
        assertStale(() -> user.update().withNote("stale").withIfMatch(stale).apply());
    assertThat(error.getDetails()).isNull();
    assertThat(users.get(GROUP, service, id).note()).isEqualTo("exact");

    assertThat(user.update().withNote("any").withIfMatch(ANY_TAG).apply().note()).isEqualTo("any");
  }

  @Test
  @Covers("apim.update-user.unknown")
  void userThatIsGoneIsNotUpdated() {
    String id = newId();
    UserContract user = createUser(service, id);
    String last = tagOf(id);
    users.delete(GROUP, service, id, ANY_TAG);
    for (String tag : List.of(ANY_TAG, last)) {
      assertError(
          () -> user.update().withNote("late").withIfMatch(tag).apply(),
          404,
          "ResourceNotFound",
          "User not found.");
    }
    assertUserIsUnknown(id);
  }

  @Test
  @Covers({"apim.put-user.if-match", "apim.put-user.if-match-new"})
  void definitionOfAPresentUserReplacesItUnlessItsTagIsStale() {
    String id = newId();
    for (String tag : List.of(ANY_TAG, tagOf(OWNER))) {
      assertStale(() -> defineUser(service, id).withIfMatch(tag).create());
    }
    assertUserIsUnknown(id);
    createUser(service, id);
    String stale = tagOf(id);
    assertThat(defineUser(service, id).withNote("no tag").create().note()).isEqualTo("no tag");
    assertStale(() -> defineUser(service, id).withNote("stale").withIfMatch(stale).create());
    assertThat(defineUser(service, id).withIfMatch(tagOf(id)).create().note()).isNull();
    assertThat(defineUser(service, id).withNote("any").withIfMatch(ANY_TAG).create().note())
        .isEqualTo("any");
  }

  @Test
  @Covers({
    "apim.common.validation-error",
    "apim.common.validation-texts",
    "apim.update-user.refused-whole"
  })
  void everyFaultyFieldIsNamedInTheDetails() {
    String id = newId();
    UserContract user = createUser(service, id);
    String tag = tagOf(id);
    ManagementError error =
        validationError(
            () ->
                user.update()
                    .withEmail("")
                    .withFirstName("f".repeat(101))
                    .withNote("refused")
                    .withIfMatch(ANY_TAG)
                    .apply());
    assertThat(error.getDetails())
        .extracting(
            ManagementError::getCode, ManagementError::getTarget, ManagementError::getMessage)
        .containsExactlyInAnyOrder(
            tuple("ValidationError", "email", "'email' must not be empty."),
            tuple(
                "ValidationError",
                "firstName",
                "The length of 'firstName' must be 100 characters or fewer."
                    + " You entered 101 characters."));
    assertThat(
            validationError(
                    () ->
                        users
                            .define(newId())
                            .withExistingService(GROUP, service)
                            .withEmail("e".repeat(255))
                            .withFirstName("Ada")
                            .withLastName("")
                            .create())
                .getDetails())
        .extracting(ManagementError::getTarget)
        .containsExactlyInAnyOrder("email", "lastName");
    assertThat(tagOf(id)).isEqualTo(tag);
    assertThat(users.get(GROUP, service, id).note()).isNull();
  }

  @Test
  @Covers("apim.update-user.state-unknown")
  void valuesTheServiceRefusesAreNamedInTheDetails() {
    String id = newId();
    String other = newId();
    UserContract user = createUser(service, id);
    createUser(service, other);
    assertThat(
            validationError(
                    () ->
                        user.update()
                            .withState(UserState.fromString("0"))
                            .withIfMatch(ANY_TAG)
                            .apply())
                .getDetails())
        .extracting(ManagementError::getTarget)
        .containsExactly("state");
    assertThat(
            validationError(
                    () -> user.update().withEmail(email(other)).withIfMatch(ANY_TAG).apply())
                .getDetails())
        .extracting(ManagementError::getTarget, ManagementError::getMessage)
        .containsExactly(tuple("email", "A user with this email already exists."));
  }

  @Test
  @Covers({
    "apim.delete-user.deleted",
    "apim.delete-user.unknown",
    "apim.delete-user.stale-tag",
    "apim.delete-user.parameters"
  })
  void userIsDeletedOnce() {
    String id = newId();
    createUser(service, id);
    assertStale(() -> users.delete(GROUP, service, id, tagOf(OWNER)));

    Response<Void> deleted =
        users.deleteWithResponse(
            GROUP, service, id, tagOf(id), true, true, AppType.DEVELOPER_PORTAL, Context.NONE);
    assertThat(deleted.getStatusCode()).isEqualTo(200);
    assertThat(deleted.getHeaders().getValue("Content-Length")).isEqualTo("0");
    assertThat(deleted.getHeaders().getValue("Content-Type")).isNull();
    assertThat(lastSent().getUrl().getQuery())
        .contains("deleteSubscriptions=true", "notify=true", "appType=developerPortal");

    assertThat(
            users
                .deleteWithResponse(GROUP, service, id, ANY_TAG, null, null, null, Context.NONE)
                .getStatusCode())
        .isEqualTo(204);
    users.delete(GROUP, service, id, tagOf(OWNER));
    assertUserIsUnknown(id);

    createUser(service, id);
    users.delete(GROUP, service, id, ANY_TAG);
    assertUserIsUnknown(id);
  }

  /** A fault of the client that users of the server will meet, and that it cannot mend. */
  @Test
  void deleteByIdFailsBeforeItSendsAnything() {
    String id = newId();
    String resourceId = createUser(service, id).id();
    int before = sent.size();
    assertThatThrownBy(() -> users.deleteById(resourceId))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Parameter ifMatch is required and cannot be null.");
    assertThat(sent).hasSize(before);
    users.deleteByIdWithResponse(resourceId, ANY_TAG, null, null, null, Context.NONE);
    assertUserIsUnknown(id);
  }

  @Test
  @Covers({"apim.sso-url.form", "apim.sso-url.expiry", "apim.common.bodyless-content-type"})
  void singleSignOnUrlIsMadeByAPostWithAContentTypeButNoBody() {
    String id = newId();
    UserContract user = createUser(service, id);
    LocalDateTime before = LocalDateTime.now(ZoneOffset.UTC);
    String url = user.generateSsoUrl().value();
    LocalDateTime after = LocalDateTime.now(ZoneOffset.UTC);
    assertSentWithoutBody();

    String prefix = "https://" + service + ".portal.azure-api.net/signin-sso?token=";
    assertThat(url).startsWith(prefix);
    String escaped = url.substring(prefix.length());
    assertThat(escaped).matches("([A-Za-z0-9.*_~-]|%[0-9a-f]{2})+");
    String token = URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    assertThat(token).matches(id + "&\\d{12}&[A-Za-z0-9+/]{86}==");
    LocalDateTime expiry =
        LocalDateTime.parse(token.substring(id.length() + 1, id.length() + 13), MINUTE);
    assertThat(expiry)
        .isBetween(
            before.plusMinutes(5).truncatedTo(ChronoUnit.MINUTES),
            after.plusMinutes(5).truncatedTo(ChronoUnit.MINUTES));
  }

  @Test
  @Covers({"apim.shared-access-token.form", "apim.shared-access-token.keys"})
  void sharedAccessTokenEndsInTheMinuteThatWasAskedFor() {
    String id = newId();
    createUser(service, id);
    UserTokenParameters primary =
        new UserTokenParameters()
            .withKeyType(KeyType.PRIMARY)
            .withExpiry(OffsetDateTime.parse("2020-04-04T19:04:31.897764Z"));
    String token = users.getSharedAccessToken(GROUP, service, id, primary).value();
    assertThat(token).matches(id + "&202004041904&[A-Za-z0-9+/]{86}==");
    assertThat(users.getSharedAccessToken(GROUP, service, id, primary).value()).isEqualTo(token);
    assertThat(
            users
                .getSharedAccessToken(
                    GROUP,
                    service,
                    id,
                    new UserTokenParameters()
                        .withKeyType(KeyType.SECONDARY)
                        .withExpiry(primary.expiry()))
                .value())
        .startsWith(id + "&202004041904&")
        .isNotEqualTo(token);
  }

  @Test
  @Covers("apim.shared-access-token.expiry-limit")
  void sharedAccessTokenLivesForThirtyDaysAtMost() {
    UserTokenParameters tooLong =
        new UserTokenParameters()
            .withKeyType(KeyType.PRIMARY)
            .withExpiry(OffsetDateTime.now(ZoneOffset.UTC).plusDays(31));
    assertThat(
            validationError(() -> users.getSharedAccessToken(GROUP, service, OWNER, tooLong))
                .getDetails())
        .extracting(ManagementError::getTarget)
        .containsExactly("expiry");
  }

  @Test
  @Covers({"apim.send-password-confirmation.answer", "apim.common.bodyless-content-type"})
  void passwordConfirmationIsAcceptedForAUser() {
    String id = newId();
    createUser(service, id);
    assertThat(
            manager
                .userConfirmationPasswords()
                .sendWithResponse(GROUP, service, id, AppType.DEVELOPER_PORTAL, Context.NONE)
                .getStatusCode())
        .isEqualTo(204);
    assertSentWithoutBody();
    assertError(
        () -> manager.userConfirmationPasswords().send(GROUP, service, newId()),
        404,
        "ResourceNotFound",
        "User not found.");
  }

  @Test
  void identitiesOfAUserAreListed() {
    String id = newId();
    createUser(service, id);
    assertThat(manager.userIdentities().list(GROUP, service, id))
        .extracting(UserIdentityContract::provider, UserIdentityContract::id)
        .containsExactly(tuple("Basic", email(id)));
  }

  @Test
  @Covers("apim.list-user-subscriptions.answer")
  void ownerHasTheSubscriptionsToTheSampleProducts() {
    String own = newService();
    List<SubscriptionContract> listed =
        manager.userSubscriptions().list(GROUP, own, OWNER).stream().toList();
    assertThat(listed)
        .extracting(SubscriptionContract::scope)
        .containsExactly(
            serviceId(own) + "/products/starter", serviceId(own) + "/products/unlimited");
    assertThat(listed)
        .allSatisfy(
            subscription -> {
              String ownerId = serviceId(own) + "/users/1";
              assertThat(subscription.id())
                  .isEqualTo(ownerId + "/subscriptions/" + subscription.name());
              assertThat(subscription.type())
                  .isEqualTo("Microsoft.ApiManagement/service/users/subscriptions");
              assertThat(subscription.ownerId()).isEqualTo(ownerId);
              assertThat(subscription.state()).isEqualTo(SubscriptionState.ACTIVE);
              assertThat(subscription.createdDate()).isNotNull();
              assertThat(subscription.displayName()).isNull();
              assertThat(subscription.expirationDate()).isNull();
              assertThat(subscription.primaryKey()).isNull();
              assertThat(subscription.secondaryKey()).isNull();
            });
  }

  @Test
  @Covers({"apim.get-user-subscription.answer", "apim.get-user-subscription.unknown"})
  void subscriptionOfAUserIsRead() {
    SubscriptionContract listed =
        manager.userSubscriptions().list(GROUP, service, OWNER).iterator().next();
    Response<SubscriptionContract> read =
        manager
            .userSubscriptions()
            .getWithResponse(GROUP, service, OWNER, listed.name(), Context.NONE);
    assertThat(read.getHeaders().getValue("ETag")).matches(TAG);
    assertThat(read.getValue().id()).isEqualTo(listed.id());
    assertThat(read.getValue().scope()).isEqualTo(listed.scope());
    assertThat(read.getValue().createdDate()).isEqualTo(listed.createdDate());
    assertError(
        () -> manager.userSubscriptions().get(GROUP, service, OWNER, "nosuch"),
        404,
        "ResourceNotFound",
        "Subscription not found.");
  }

  @Test
  @Covers("apim.list-groups.system-groups")
  void newServiceHasTheSystemGroups() {
    List<GroupContract> listed = groups.listByService(GROUP, newService()).stream().toList();
    assertThat(listed)
        .extracting(GroupContract::name, GroupContract::displayName, GroupContract::description)
        .containsExactly(
            tuple(
                "administrators",
                "Administrators",
                "Administrators is a built-in group. Its membership is managed by the system."
                    + " Microsoft Azure subscription administrators fall into this group."),
            tuple(
                "developers",
                "Developers",
                "Developers is a built-in group. Its membership is managed by the system."
                    + " Signed-in users fall into this group."),
            tuple(
                "guests",
                "Guests",
                "Guests is a built-in group. Its membership is managed by the system."
                    + " Unauthenticated users visiting the developer portal fall into this group."));
    assertThat(listed)
        .allSatisfy(
            group -> {
              assertThat(group.builtIn()).isTrue();
              assertThat(group.typePropertiesType()).isEqualTo(GroupType.SYSTEM);
              assertThat(group.externalId()).isNull();
            });
  }

  @Test
  @Covers({"apim.put-group.created", "apim.get-group.answer", "apim.head-group.answer"})
  void groupIsDefinedAndRead() {
    String id = newId();
    GroupContract created = createGroup(service, id);
    assertThat(created.id()).isEqualTo(serviceId(service) + "/groups/" + id);
    assertThat(created.type()).isEqualTo("Microsoft.ApiManagement/service/groups");
    assertThat(created.displayName()).isEqualTo("Group " + id);
    assertThat(created.description()).isNull();
    assertThat(created.builtIn()).isFalse();
    assertThat(created.typePropertiesType()).isEqualTo(GroupType.CUSTOM);
    assertThat(created.externalId()).isNull();

    Response<GroupContract> read = groups.getWithResponse(GROUP, service, id, Context.NONE);
    assertThat(read.getValue().id()).isEqualTo(created.id());
    assertThat(read.getValue().displayName()).isEqualTo("Group " + id);
    assertThat(read.getHeaders().getValue("ETag")).matches(TAG).isEqualTo(groupTagOf(id));
    assertError(
        () -> groups.get(GROUP, service, newId()), 404, "ResourceNotFound", "Group not found.");
    assertNotFoundWithoutBody(() -> groups.getEntityTag(GROUP, service, newId()));
  }

  @Test
  void externalGroupIsDefinedWithEverythingTheClientKnows() {
    GroupContract created =
        groups
            .define(newId())
            .withExistingService(GROUP, service)
            .withDisplayName("Staff")
            .withDescription("Of the directory")
            .withType(GroupType.EXTERNAL)
            .withExternalId("aad://contoso.example/groups/1")
            .create();
    assertThat(created.displayName()).isEqualTo("Staff");
    assertThat(created.description()).isEqualTo("Of the directory");
    assertThat(created.typePropertiesType()).isEqualTo(GroupType.EXTERNAL);
    assertThat(created.externalId()).isEqualTo("aad://contoso.example/groups/1");
  }

  @Test
  @Covers("apim.update-group.updates")
  void groupIsUpdatedWithItsTagOrAStarButNotWithAStaleTag() {
    String id = newId();
    GroupContract group = createGroup(service, id);
    String stale = groupTagOf(id);
    GroupContract updated = group.update().withDescription("changed").withIfMatch(stale).apply();
    assertThat(updated.description()).isEqualTo("changed");
    assertThat(updated.displayName()).isEqualTo("Group " + id);
    assertThat(groupTagOf(id)).isNotEqualTo(stale);
    assertStale(() -> group.update().withDescription("stale").withIfMatch(stale).apply());
    assertThat(group.update().withDisplayName("Any").withIfMatch(ANY_TAG).apply().displayName())
        .isEqualTo("Any");
    groups.delete(GROUP, service, id, ANY_TAG);
    assertError(
        () -> group.update().withDisplayName("Late").withIfMatch(ANY_TAG).apply(),
        404,
        "ResourceNotFound",
        "Group not found.");
  }

  @Test
  void groupsAreListedWithFilterAndPageByPage() {
    String own = newService();
    String id = newId();
    createGroup(own, id);
    assertThat(
            groups.listByService(
                GROUP, own, "displayName eq 'Group " + id + "'", null, null, Context.NONE))
        .extracting(GroupContract::name)
        .containsExactly(id);
    List<PagedResponse<GroupContract>> pages =
        groups.listByService(GROUP, own, null, 3, null, Context.NONE).streamByPage().toList();
    assertThat(pages)
        .extracting(page -> page.getValue().stream().map(GroupContract::name).toList())
        .containsExactly(List.of("administrators", "developers", "guests"), List.of(id));
  }

  @Test
  @Covers("apim.common.system-groups")
  void systemGroupIsNeitherChangedNorDeleted() {
    GroupContract developers = groups.get(GROUP, service, "developers");
    assertError(
        () -> createGroup(service, "developers"),
        405,
        "MethodNotAllowed",
        "System entity cannot be modified");
    assertError(
        () -> developers.update().withDisplayName("Devs").withIfMatch(ANY_TAG).apply(),
        405,
        "MethodNotAllowed",
        "System entity cannot be modified");
    assertError(
        () -> groups.delete(GROUP, service, "developers", ANY_TAG),
        405,
        "MethodNotAllowed",
        "System entity cannot be deleted");
  }

  @Test
  @Covers("apim.delete-group.deleted")
  void groupIsDeletedOnceAndItsMembersStay() {
    String group = newId();
    String user = newId();
    createGroup(service, group);
    createUser(service, user);
    members.create(GROUP, service, group, user);
    assertStale(() -> groups.delete(GROUP, service, group, groupTagOf("guests")));
    assertThat(
            groups
                .deleteWithResponse(GROUP, service, group, groupTagOf(group), Context.NONE)
                .getStatusCode())
        .isEqualTo(200);
    assertThat(
            groups.deleteWithResponse(GROUP, service, group, ANY_TAG, Context.NONE).getStatusCode())
        .isEqualTo(204);
    assertThat(users.get(GROUP, service, user).name()).isEqualTo(user);
  }

  @Test
  @Covers({
    "apim.check-group-user.answer",
    "apim.add-group-user.added",
    "apim.remove-group-user.removed",
    "apim.common.bodyless-content-type"
  })
  void userJoinsAndLeavesAGroup() {
    String group = newId();
    String user = newId();
    createGroup(service, group);
    createUser(service, user);
    assertThat(isMember(group, user)).isFalse();

    Response<UserContract> added =
        members.createWithResponse(GROUP, service, group, user, Context.NONE);
    assertThat(added.getStatusCode()).isEqualTo(201);
    assertThat(added.getHeaders().getValue("ETag")).matches(TAG);
    assertThat(added.getValue().id())
        .isEqualTo(serviceId(service) + "/groups/" + group + "/users/" + user);
    assertThat(added.getValue().type()).isEqualTo("Microsoft.ApiManagement/service/groups/users");
    assertThat(added.getValue().innerModel().groups()).isEmpty();
    assertThat(added.getValue().innerModel().identities()).isEmpty();
    assertSentWithoutBody();
    assertThat(isMember(group, user)).isTrue();
    assertThat(
            members.createWithResponse(GROUP, service, group, user, Context.NONE).getStatusCode())
        .isEqualTo(200);

    assertThat(
            members.deleteWithResponse(GROUP, service, group, user, Context.NONE).getStatusCode())
        .isEqualTo(200);
    assertThat(isMember(group, user)).isFalse();
    assertThat(
            members.deleteWithResponse(GROUP, service, group, user, Context.NONE).getStatusCode())
        .isEqualTo(204);
  }

  @Test
  @Covers("apim.add-group-user.unknown")
  void unknownUserDoesNotJoinAndNobodyJoinsAnUnknownGroup() {
    String group = newId();
    createGroup(service, group);
    assertError(
        () -> members.create(GROUP, service, group, newId()),
        404,
        "ResourceNotFound",
        "User not found.");
    assertError(
        () -> members.create(GROUP, service, newId(), OWNER),
        404,
        "ResourceNotFound",
        "Group not found.");
  }

  @Test
  @Covers({"apim.list-group-users.answer", "apim.list-user-groups.answer"})
  void membersOfAGroupAndGroupsOfAUserAreListed() {
    String group = newId();
    String first = newId();
    String second = newId();
    createGroup(service, group);
    createUser(service, first);
    createUser(service, second);
    assertThat(members.list(GROUP, service, group)).isEmpty();
    assertThat(manager.userGroups().list(GROUP, service, first))
        .extracting(GroupContract::name)
        .containsExactly("developers");
    members.create(GROUP, service, group, first);
    members.create(GROUP, service, group, second);

    String parent = serviceId(service) + "/groups/" + group + "/users/";
    assertThat(members.list(GROUP, service, group, null, 1, null, Context.NONE))
        .extracting(UserContract::id, UserContract::type, user -> user.innerModel().groups())
        .containsExactlyInAnyOrder(
            tuple(parent + first, "Microsoft.ApiManagement/service/groups/users", null),
            tuple(parent + second, "Microsoft.ApiManagement/service/groups/users", null));
    assertThat(
            members.list(
                GROUP, service, group, "name eq '" + second + "'", null, null, Context.NONE))
        .singleElement()
        .satisfies(
            user ->
                assertThat(user.identities())
                    .extracting(UserIdentityContract::provider, UserIdentityContract::id)
                    .containsExactly(tuple("Basic", email(second))));

    String ofUser = serviceId(service) + "/users/" + first + "/groups/";
    assertThat(manager.userGroups().list(GROUP, service, first, null, 1, null, Context.NONE))
        .extracting(GroupContract::id, GroupContract::type)
        .containsExactlyInAnyOrder(
            tuple(ofUser + "developers", "Microsoft.ApiManagement/service/users/groups"),
            tuple(ofUser + group, "Microsoft.ApiManagement/service/users/groups"));
  }

  @Test
  @Covers("apim.get-service.answer")
  void serviceIsCreatedInANewResourceGroupReadAndDeleted() {
    String name = newId();
    String group = newId();
    ApiManagementServiceResource created =
        manager
            .apiManagementServices()
            .define(name)
            .withRegion("West US")
            .withExistingResourceGroup(group)
            .withSku(
                new ApiManagementServiceSkuProperties().withName(SkuType.DEVELOPER).withCapacity(1))
            .withPublisherEmail("publisher@contoso.example")
            .withPublisherName("Contoso")
            .withTags(Map.of("stage", "test"))
            .create();
    assertThat(created.provisioningState()).isEqualTo("Succeeded");

    Response<ApiManagementServiceResource> read =
        manager.apiManagementServices().getByResourceGroupWithResponse(group, name, Context.NONE);
    ApiManagementServiceResource resource = read.getValue();
    assertThat(resource.id())
        .isEqualTo(
            "/subscriptions/subid/resourceGroups/"
                + group
                + "/providers/Microsoft.ApiManagement/service/"
                + name);
    assertThat(resource.type()).isEqualTo("Microsoft.ApiManagement/service");
    assertThat(resource.location()).isEqualTo("West US");
    assertThat(resource.tags()).isEqualTo(Map.of("stage", "test"));
    assertThat(resource.sku().name()).isEqualTo(SkuType.DEVELOPER);
    assertThat(resource.sku().capacity()).isEqualTo(1);
    assertThat(resource.publisherEmail()).isEqualTo("publisher@contoso.example");
    assertThat(resource.publisherName()).isEqualTo("Contoso");
    assertThat(resource.portalUrl()).isEqualTo("https://" + name + ".portal.azure-api.net");
    assertThat(read.getHeaders().getValue("ETag")).isEqualTo('"' + resource.etag() + '"');
    assertThat(resource.etag()).isEqualTo(created.etag());

    manager.apiManagementServices().deleteByResourceGroup(group, name);
    assertError(
        () -> manager.apiManagementServices().getByResourceGroup(group, name),
        404,
        "ResourceNotFound",
        "The Resource 'Microsoft.ApiManagement/service/"
            + name
            + "' under resource group '"
            + group
            + "' was not found. For more details please go to"
            + " https://aka.ms/ARMResourceNotFoundFix");
  }

  private static ApiManagementManager signedInWith(String token) {
    String endpoint = server.httpsEndpoint() + "/";
    Map<String, String> endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
    endpoints.put("resourceManagerEndpointUrl", endpoint);
    endpoints.put("managementEndpointUrl", endpoint);
    TokenCredential credential =
        request -> {
          scopes.addAll(request.getScopes());
          return Mono.just(new AccessToken(token, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        };
    HttpPipelinePolicy watch =
        (call, next) -> {
          sent.add(call.getHttpRequest());
          return next.process().flatMap(AzureApiManagementSdkIT::recorded);
        };
    return ApiManagementManager.configure()
        .withPolicy(watch)
        .authenticate(
            credential,
            new AzureProfile(
                "00000000-0000-0000-0000-000000000000",
                SUBSCRIPTION,
                new AzureEnvironment(endpoints)));
  }

  private static Mono<HttpResponse> recorded(HttpResponse answer) {
    HttpResponse buffered = answer.buffer();
    HttpRequest request = answer.getRequest();
    return buffered
        .getBodyAsByteArray()
        .defaultIfEmpty(new byte[0])
        .map(
            body -> {
              answers.add(
                  request.getHttpMethod().toString(),
                  URI.create(request.getUrl().toString()),
                  answer.getStatusCode(),
                  answer.getHeaders().stream()
                      .collect(
                          Collectors.toMap(
                              header -> header.getName().toLowerCase(Locale.ROOT),
                              HttpHeader::getValuesList)),
                  body);
              return buffered;
            });
  }

  private static String newService() {
    String name = newId();
    manager
        .apiManagementServices()
        .define(name)
        .withRegion("West US")
        .withExistingResourceGroup(GROUP)
        .withSku(
            new ApiManagementServiceSkuProperties().withName(SkuType.DEVELOPER).withCapacity(1))
        .withPublisherEmail("publisher@contoso.example")
        .withPublisherName("Contoso")
        .create();
    return name;
  }

  private static UserContract.DefinitionStages.WithCreate defineUser(String service, String id) {
    return users
        .define(id)
        .withExistingService(GROUP, service)
        .withEmail(email(id))
        .withFirstName("Ada")
        .withLastName("Lovelace");
  }

  private static UserContract createUser(String service, String id) {
    return defineUser(service, id).create();
  }

  private static GroupContract createGroup(String service, String id) {
    return groups
        .define(id)
        .withExistingService(GROUP, service)
        .withDisplayName("Group " + id)
        .create();
  }

  private static boolean isMember(String group, String user) {
    return members.checkEntityExists(GROUP, service, group, user);
  }

  private static String tagOf(String user) {
    return users.getWithResponse(GROUP, service, user, Context.NONE).getHeaders().getValue("ETag");
  }

  private static String groupTagOf(String group) {
    return groups
        .getEntityTagWithResponse(GROUP, service, group, Context.NONE)
        .getDeserializedHeaders()
        .etag();
  }

  private static List<String> namesIn(String service, String filter) {
    return users.listByService(GROUP, service, filter, null, null, null, Context.NONE).stream()
        .map(UserContract::name)
        .toList();
  }

  private static String newId() {
    return "sdk-" + UUID.randomUUID();
  }

  private static String email(String id) {
    return id.replace("@contoso.example", "") + "@fabrikam.example";
  }

  private static String serviceId(String service) {
    return "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/"
        + service;
  }

  private static HttpRequest lastSent() {
    return sent.get(sent.size() - 1);
  }

  private static void assertSentWithoutBody() {
    assertThat(lastSent().getHttpMethod()).isIn(HttpMethod.POST, HttpMethod.PUT);
    assertThat(lastSent().getBody()).isNull();
    assertThat(lastSent().getHeaders().getValue("Content-Type")).isEqualTo("application/json");
    assertThat(lastSent().getHeaders().getValue("Content-Length")).isEqualTo("0");
  }

  private static void assertNotFoundWithoutBody(ThrowingCallable call) {
    ManagementException error = catchThrowableOfType(ManagementException.class, call);
    assertThat(error.getResponse().getStatusCode()).isEqualTo(404);
    assertThat(error.getValue()).isNull();
  }

  private static void assertUserIsUnknown(String id) {
    assertError(() -> users.get(GROUP, service, id), 404, "ResourceNotFound", "User not found.");
  }

  private static ManagementError assertStale(ThrowingCallable call) {
    return assertError(
        call, 412, "PreconditionFailed", "Resource was modified since last retrieval.");
  }

  private static ManagementError validationError(ThrowingCallable call) {
    return assertError(
        call, 400, "ValidationError", "One or more fields contain incorrect values:");
  }

  private static ManagementError assertError(
      ThrowingCallable call, int status, String code, String message) {
    ManagementException error = catchThrowableOfType(ManagementException.class, call);
    assertThat(error).isNotNull();
    assertThat(error.getResponse().getStatusCode()).isEqualTo(status);
    assertThat(error.getValue().getCode()).isEqualTo(code);
    assertThat(error.getValue().getMessage()).isEqualTo(message);
    return error.getValue();
  }
}
