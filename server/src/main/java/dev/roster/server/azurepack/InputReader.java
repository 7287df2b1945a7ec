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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads bodies as leniently as .NET does: JSON whose names have any case, XML in any order. */
@Singleton
class InputReader {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /**
   * The members of a body as texts; of members that JSON writes in several cases the last counts.
   *
   * @param values by names in lower case; empty for null and for what is no text
   * @param noTexts names in lower case of those that are neither a text nor a number
   */
  private record Members(
      Map<String, Optional<String>> values, Set<String> noTexts, List<Detail> faults) {

    Members() {
      this(new HashMap<>(), new HashSet<>(), new ArrayList<>());
    }

    void put(String name, Optional<String> value, boolean isText) {
      values.put(key(name), isText ? value : Optional.empty());
      if (isText) {
        noTexts.remove(key(name));
      } else {
        noTexts.add(key(name));
      }
    }

    /** A member that is a text and may be null. */
    Optional<String> text(String name) {
      if (noTexts.contains(key(name))) {
        faults.add(new Detail(name, "%s has to be a text.".formatted(name)));
      }
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
    Optional<String> name = members.text("Name").map(String::strip);
    Optional<String> email = members.text("Email");
    Optional<UserState> state =
        members.value("State", UserState::of, "0, 1, 2 or 3, or one of their names");
    // The service owns these; what they cannot be is refused all the same, as .NET does.
    members.value("CreatedTime", PackTime::parse, "a time");
    members.value("SubscriptionCount", InputReader::number, "a whole number");
    members.value("ActivationSyncState", SyncState::of, "0, 1 or 2, or one of their names");
    members.text("LastErrorMessage");
    members.end();
    return new UserInput(name, email, state);
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
    members.value("Id", InputReader::longNumber, "a whole number");
    if (username.isEmpty() && !members.noTexts().contains("username")) {
      members.faults().add(new Detail("Username", "Username is required."));
    }
    UserRules.checkUsername(username, members.faults());
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
    Members members = new Members();
    switch (format) {
      case JSON -> json(bytes, members);
      case XML ->
          XmlText.read(bytes, root)
              .forEach(
                  element -> members.put(element.name(), element.text(), !element.hasElements()));
    }
    return members;
  }

  private static void json(byte[] bytes, Members members) {
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
              members.put(
                  member.getKey(),
                  value.isNull() ? Optional.empty() : Optional.of(value.asText()),
                  value.isNull() || value.isTextual() || value.isNumber());
            });
  }

  private static Optional<Long> longNumber(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
