package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.auth.Passwords;
import dev.roster.server.config.PublishedCredentials;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.database.Transactions;
import dev.roster.server.http.RequestContext;
import dev.roster.server.nimble.Tokens.ListedToken;
import dev.roster.server.nimble.UserRepository.Credentials;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Logging in and out, and what callers may see of sessions. */
@Singleton
class SessionService {

  private static final Logger LOG = Logger.getLogger(SessionService.class);

  private static final int TOKEN_BYTES = 16;

  /** A session that was used within this time need not be written again. */
  private static final Duration COARSEST_PRECISION = Duration.ofSeconds(1);

  /** A use may be noted late by this part of the time-out. */
  private static final int PRECISIONS_IN_TIMEOUT = 100;

  private final SessionRepository sessions;
  private final UserRepository users;
  private final LogInQueue queue;
  private final Passwords passwords;
  private final Transactions transactions;
  private final CurrentSession current;
  private final RequestContext context;
  private final Clock clock;
  private final RosterConfig.Nimble settings;
  private final PublishedCredentials published;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final SecureRandom random = new SecureRandom();
  private volatile String nobodysHash;

  /**
   * What a caller logs in with.
   *
   * @param appName what the caller calls itself, may be empty
   * @param sourceIp where the caller is
   */
  record LogIn(String username, String password, String appName, String sourceIp) {}

  @Inject
  SessionService(
      SessionRepository sessions,
      UserRepository users,
      LogInQueue queue,
      Passwords passwords,
      Transactions transactions,
      CurrentSession current,
      RequestContext context,
      Clock clock,
      RosterConfig config,
      PublishedCredentials published) {
    this.sessions = sessions;
    this.users = users;
    this.queue = queue;
    this.passwords = passwords;
    this.transactions = transactions;
    this.current = current;
    this.context = context;
    this.clock = clock;
    this.settings = config.nimble();
    this.published = published;
  }

  /** Finds a live session and gives it the whole time anew. */
  Optional<Session> renew(TokenHash hash) {
    Optional<Session> session = sessions.find(hash);
    session
        .filter(found -> found.usedAt().plus(precision(found)).compareTo(clock.instant()) <= 0)
        .ifPresent(found -> sessions.renew(found.serial()));
    return session;
  }

  /** Short time-outs need a finer one, or a session would die in use. */
  private static Duration precision(Session session) {
    Duration fine = Duration.ofSeconds(session.timeout()).dividedBy(PRECISIONS_IN_TIMEOUT);
    return fine.compareTo(COARSEST_PRECISION) < 0 ? fine : COARSEST_PRECISION;
  }

  /**
   * Makes a session.
   *
   * @return the session with its token, which nobody can tell again
   * @throws dev.roster.server.error.ApiException SM_http_unauthorized, SM_err_max_sessions_reached,
   *     SM_ebusy
   */
  ListedToken logIn(LogIn logIn) {
    return queue
        .attempt(logIn.username(), () -> tryToLogIn(logIn))
        .orElseThrow(NimbleErrors::refusedLogIn);
  }

  private Optional<ListedToken> tryToLogIn(LogIn logIn) {
    Optional<Credentials> user = users.findCredentials(logIn.username());
    Optional<Credentials> allowed = user.filter(Credentials::mayLogIn);
    // A password is hashed in any case, so that the time tells nobody which users there are.
    String hash = allowed.map(Credentials::passwordHash).orElseGet(this::nobodysHash);
    boolean right =
        passwords.verify(logIn.password(), hash, context) && !isPublished(logIn.password());
    if (allowed.isEmpty()) {
      return Optional.empty();
    }
    if (!right) {
      users.noteFailedLogIn(allowed.get().serial(), settings.allowedAttempts());
      return Optional.empty();
    }
    return open(allowed.get(), logIn);
  }

  /** Everybody knows such a password, whoever has it and wherever the database was made. */
  private boolean isPublished(String password) {
    boolean refused = published.isRefused(password);
    if (refused && warned.compareAndSet(false, true)) {
      LOG.warn(
          "A log-in was refused, because the password is one that Roster's documentation publishes."
              + " Such passwords work on loopback only; change it there.");
    }
    return refused;
  }

  private Optional<ListedToken> open(Credentials user, LogIn logIn) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    TokenHash hash = TokenHash.of(token);
    String kept =
        passwords.hasPresentCost(user.passwordHash())
            ? user.passwordHash()
            : passwords.hash(logIn.password(), context);
    boolean opened =
        transactions.call(
            () -> {
              if (!users.noteLogIn(user.serial(), user.passwordHash(), kept)) {
                return false;
              }
              if (!sessions.add(hash, user.serial(), logIn.appName(), logIn.sourceIp())) {
                throw NimbleErrors.tooManySessions(settings.maxSessions());
              }
              return true;
            });
    return opened
        ? sessions.find(hash).map(session -> new ListedToken(session, token))
        : Optional.empty();
  }

  /** The hash of a password that nobody has. */
  private String nobodysHash() {
    if (nobodysHash == null) {
      nobodysHash = passwords.hash(Long.toHexString(random.nextLong()), context);
    }
    return nobodysHash;
  }

  /** The sessions that the caller may see and wants. */
  ObjectNode list(ObjectQuery<ListedToken> query) {
    List<Session> candidates =
        query
            .onlyHash("session_token")
            .map(hash -> sessions.find(hash).filter(this::isVisible).stream().toList())
            .orElseGet(
                () ->
                    current.get().isAdministrator()
                        ? sessions.list()
                        : sessions.listOfUser(current.get().userSerial()));
    Function<Session, ListedToken> listed =
        listed(Stream.concat(Stream.of(current.token()), query.secrets().stream()));
    return query.answer(candidates.stream().map(listed).toList());
  }

  /**
   * One session.
   *
   * @throws dev.roster.server.error.ApiException SM_enoent, for those of others as well
   */
  ListedToken get(String id) {
    return listed(Stream.of(current.token())).apply(find(id));
  }

  private static Function<Session, ListedToken> listed(Stream<String> knownTokens) {
    var tokens = knownTokens.collect(Collectors.toMap(TokenHash::of, token -> token, (a, b) -> a));
    return session -> new ListedToken(session, tokens.getOrDefault(session.tokenHash(), ""));
  }

  /**
   * One session, without its token.
   *
   * @throws dev.roster.server.error.ApiException SM_enoent, for those of others as well
   */
  Session find(String id) {
    OptionalLong serial = ObjectId.Type.TOKEN.serial(id);
    return (serial.isPresent() ? sessions.find(serial.getAsLong()) : Optional.<Session>empty())
        .filter(this::isVisible)
        .orElseThrow(() -> NimbleErrors.noSuchObject(id));
  }

  /**
   * Logs out.
   *
   * @throws dev.roster.server.error.ApiException SM_enoent, for sessions of others as well
   */
  void delete(String id) {
    Session session = find(id);
    transactions.run(
        () -> {
          if (!sessions.delete(session.serial())) {
            throw NimbleErrors.noSuchObject(id);
          }
          users.noteLogOut(session.userSerial());
        });
  }

  private boolean isVisible(Session session) {
    return current.get().isAdministrator() || session.userSerial() == current.get().userSerial();
  }
}
