package dev.roster.server.azurepack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.roster.server.error.ApiError.Detail;
import dev.roster.server.error.ApiException;
import dev.roster.server.http.ApiRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads bodies as leniently as .NET does: JSON whose names have any case, XML in any order. */
@Singleton
class InputReader {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /**
   * The members of a body as texts; of members that JSON writes in several cases the last counts.
   *
   * @param values by names in lower case; empty for null
   */
  private record Members(Map<String, Optional<String>> values, List<Detail> faults) {

    Optional<String> text(String name) {
      return values.getOrDefault(key(name), Optional.empty());
    }

    /** A member that is read by its type and may not be null. */
    <T> Optional<T> value(String name, Function<String, Optional<T>> type, String expected) {
      Optional<String> text = values.get(key(name));
      if (text == null) {
        return Optional.empty();
      }
      Optional<T> value = text.map(String::strip).flatMap(type);
      if (value.isEmpty()) {
        faults.add(new Detail(name, "%s has to be %s.".formatted(name, expected)));
      }
      return value;
    }

    void end() {
      if (!faults.isEmpty()) {
        throw PackErrors.invalidInput(faults);
      }
    }

    private static String key(String name) {
      return name.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whose tokens are no longer taken.
   *
   * @param expiry up to which they end
   */
  record InvalidToken(String username, Instant expiry) {}

  @Inject
  InputReader() {}

  /**
   * Reads a user.
   *
   * @throws ApiException InvalidInput
   */
  UserInput user(ApiRequest request, Payload body) {
    Members members = members(request, body, "User");
    Optional<UserState> state =
        members.value("State", UserState::of, "0, 1, 2 or 3, or one of their names");
    // The service owns these; what they cannot be is refused all the same, as .NET does.
    members.value("CreatedTime", PackTime::parse, "a time");
    members.value("SubscriptionCount", InputReader::number, "a whole number");
    members.value("ActivationSyncState", SyncState::of, "0, 1 or 2, or one of their names");
    members.end();
    return new UserInput(members.text("Name").map(String::strip), members.text("Email"), state);
  }

  /**
   * Reads whose tokens are no longer taken.
   *
   * @throws ApiException InvalidInput
   */
  InvalidToken invalidToken(ApiRequest request, Payload body) {
    Members members = members(request, body, "UserToken");
    Optional<String> username = members.text("Username").filter(text -> !text.isBlank());
    Optional<Instant> expiry = members.value("TokenExpiryTime", PackTime::parse, "a time");
    members.value("Id", InputReader::number, "a whole number");
    if (username.isEmpty()) {
      members.faults().add(new Detail("Username", "Username is required."));
    }
    if (expiry.isEmpty() && !members.values().containsKey("tokenexpirytime")) {
      members.faults().add(new Detail("TokenExpiryTime", "TokenExpiryTime is required."));
    }
    members.end();
    return new InvalidToken(username.orElseThrow(), expiry.orElseThrow());
  }

  private static Members members(ApiRequest request, Payload body, String root) {
    byte[] bytes = body == null ? new byte[0] : body.bytes();
    if (bytes.length == 0) {
      throw PackErrors.invalidInput("The body is missing.");
    }
    Format format =
        request.header(HttpHeaders.CONTENT_TYPE).flatMap(Format::of).orElse(Format.JSON);
    Map<String, Optional<String>> values = new HashMap<>();
    switch (format) {
      case JSON -> json(bytes, values);
      case XML ->
          XmlText.read(bytes, root).forEach((name, value) -> values.put(Members.key(name), value));
    }
    return new Members(values, new ArrayList<>());
  }

  private static void json(byte[] bytes, Map<String, Optional<String>> values) {
    JsonNode body;
    try {
      body = JSON.readTree(bytes);
    } catch (IOException e) {
      throw PackErrors.invalidInput("The body is not JSON.");
    }
    if (body == null || !body.isObject()) {
      throw PackErrors.invalidInput("The body is no JSON object.");
    }
    body.fields()
        .forEachRemaining(
            member -> {
              JsonNode value = member.getValue();
              // An object or a list is of no member's type; as a text it is no value of any.
              Optional<String> text =
                  value.isNull()
                      ? Optional.empty()
                      : Optional.of(value.isValueNode() ? value.asText() : value.toString());
              values.put(Members.key(member.getKey()), text);
            });
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
