package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.api.UserConfirmationPasswordApi;
import jakarta.inject.Inject;
import org.jboss.resteasy.reactive.RestResponse;

/** Mails about passwords, over HTTP; none is sent. */
public class UserConfirmationPasswordResource implements UserConfirmationPasswordApi {

  private final UserService users;
  private final CurrentService current;

  @Inject
  UserConfirmationPasswordResource(UserService users, CurrentService current) {
    this.users = users;
    this.current = current;
  }

  @Override
  public RestResponse<Void> userConfirmationPasswordSend(
      String subscriptionId,
      String resourceGroupName,
      String serviceName,
      String userId,
      String apiVersion,
      String appType) {
    users.get(current.get(), userId);
    return RestResponse.noContent();
  }
}
