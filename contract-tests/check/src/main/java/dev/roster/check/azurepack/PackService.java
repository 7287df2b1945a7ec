package dev.roster.check.azurepack;

import dev.roster.check.Setting;
import dev.roster.check.replay.ReplayFixture;
import dev.roster.check.replay.Request;
import dev.roster.check.replay.Target;
import dev.roster.testing.Answer;

/** The administrator interface of a Windows Azure Pack. */
public final class PackService extends ReplayFixture {

  /** Asks for users. */
  public static Answer firstAnswer(Target target) {
    return authorized(target, target.request("GET", "/users")).sendUnchecked();
  }

  /** A request with the administrator's token. */
  Request request(String method, String path) {
    return authorized(target(), anonymous(method, path));
  }

  private static Request authorized(Target target, Request request) {
    return request.header("Authorization", "Bearer " + target.required(Setting.PACK_BEARER));
  }
}
