package dev.roster.server.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a deployer can set.
 *
 * <p>Each property is also an environment variable: {@code roster.data-dir} is {@code
 * ROSTER_DATA_DIR}. An unknown {@code roster.*} key ends the start. Durations are written as {@code
 * 500ms}, {@code 15s}, {@code 2m} or ISO-8601.
 */
@ConfigMapping(prefix = "roster")
public interface RosterConfig {

  /** Folder for the embedded database, the certificates and what else has to outlive a restart. */
  @WithDefault("${user.home}/.roster")
  Path dataDir();

  /** Folder for what can be made again: the programs of the embedded PostgreSQL, by version. */
  @WithDefault("${XDG_CACHE_HOME:${user.home}/.cache}/roster")
  Path cacheDir();

  /**
   * Whether an empty server is filled with what the vendors' documentation uses in its samples; it
   * is unless this is {@code false}.
   */
  Optional<Boolean> sampleWorld();

  /**
   * How bearer tokens are checked: {@code lenient} takes any non-empty token and is only allowed on
   * a loopback address, or with {@link #lenientOffLoopback()}; {@code strict} takes those of {@link
   * #bearer()}.
   */
  @WithDefault("lenient")
  AuthMode auth();

  /** Lets the lenient mode listen on any address, which everybody who reaches it may use. */
  Optional<OffLoopback> lenientOffLoopback();

  /** Whose bearer tokens the strict mode takes. */
  Bearer bearer();

  /** The main port for plain http, and the address that all ports listen on. */
  Http http();

  /** The main port for https, and the certificate that all https ports present. */
  Https https();

  /** The database; without a URL the server starts its own PostgreSQL in the data directory. */
  Database database();

  /** Cost and concurrency of password hashing (Argon2id). */
  Passwords passwords();

  /** What is logged beside the server's own lines, and in which form. */
  Log log();

  /** Azure Batch. */
  Batch batch();

  /** Azure API Management. */
  ApiManagement apim();

  /** HPE Nimble Storage. */
  Nimble nimble();

  /** Windows Azure Pack. */
  AzurePack pack();

  /**
   * Behaviours that the sources leave open, by rule id: {@code roster.choices.<rule id>=<variant>}.
   * The contracts list the rules that have variants; the first variant is the default.
   */
  Map<String, Map<String, Map<String, String>>> choices();

  /** How bearer tokens are checked. */
  enum AuthMode {
    /** Any non-empty token is taken. */
    LENIENT,
    /** Tokens have to prove themselves. */
    STRICT
  }

  /** Why the lenient mode may listen beyond loopback. */
  enum OffLoopback {
    /** Only the ports of the container that its owner publishes are reached from outside. */
    I_AM_IN_A_CONTAINER
  }

  /** Whose bearer tokens the strict mode takes; without an issuer it takes none. */
  interface Bearer {
    /** What the tokens have as {@code iss}. Needs {@link #keys()}. */
    Optional<String> issuer();

    /** The issuer's keys: a JWK set (RFC 7517) in a file or at an http(s) URL. */
    Optional<String> keys();

    /** How far the issuer's clock may be from the server's; at most 1h. */
    @WithDefault("1m")
    Duration clockSkew();
  }

  /** The main port for plain http. */
  interface Http {
    /** Address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port for plain http; 0 takes any free one. */
    @WithDefault("8080")
    int port();
  }

  /**
   * The main port for https. Without a certificate of the deployer's, the server makes an authority
   * and a certificate in the data directory.
   */
  interface Https {
    /** Whether https is served at all. */
    @WithDefault("true")
    boolean enabled();

    /** Port for https; 0 takes any free one. */
    @WithDefault("8443")
    int port();

    /**
     * What clients call the server, for the certificate that is made: host names, such as {@code
     * roster.example} or {@code *.roster.example}, and IP addresses, separated by commas. {@code
     * localhost}, {@code *.localhost}, {@code 127.0.0.1}, {@code ::1} and the address that is
     * listened on need not be named.
     */
    Optional<List<String>> names();

    /**
     * PEM file with the deployer's own certificate, then those that lead to its authority. Needs
     * {@link #key()}; no certificate is made then.
     */
    Optional<Path> certificate();

    /** PEM file with the key of {@link #certificate()}: PKCS8, not encrypted, RSA or EC. */
    Optional<Path> key();

    /** A certificate authority of the deployer's, which issues the certificate that is made. */
    Authority authority();

    /** Its files; without them the server makes an authority of its own. */
    interface Authority {
      /** PEM file with the authority's certificate, then those that lead to its root, if any. */
      Optional<Path> certificate();

      /** PEM file with the key of {@link #certificate()}: PKCS8, not encrypted, RSA or EC. */
      Optional<Path> key();
    }
  }

  /** The database. */
  interface Database {
    /** JDBC URL of a PostgreSQL 14 or newer, such as {@code jdbc:postgresql://db:5432/roster}. */
    Optional<String> url();

    /** User name for the URL. */
    Optional<String> username();

    /** Password for the URL. */
    Optional<String> password();

    /** File with {@link #password()} instead, which the list of processes does not show. */
    Optional<Path> passwordFile();

    /** Most connections that one server keeps open; 1 to 1000. */
    @WithDefault("16")
    int maxConnections();
  }

  /**
   * Cost and concurrency of password hashing.
   *
   * <p>The least that OWASP's Password Storage Cheat Sheet accepts of Argon2id is 46 MiB with one
   * pass, 19 with two, 12 with three, 9 with four or 7 with five.
   */
  interface Passwords {
    /** Whether less than that is accepted, for tests with passwords that nobody uses. */
    @WithDefault("false")
    boolean allowCheap();

    /** Memory of one hash in KiB; at most 1 GiB. */
    @WithDefault("19456")
    int memoryKib();

    /** Passes over that memory; at most 100. */
    @WithDefault("2")
    int iterations();

    /**
     * Hashes computed at the same time; more callers wait. 0 takes one per processor; at most 1024.
     */
    @WithDefault("0")
    int concurrency();
  }

  /** The log, which goes to standard output. */
  interface Log {
    /** Whether each line is a JSON object, for programs that collect logs. */
    @WithDefault("false")
    boolean json();

    /** Whether every request gets a line: who, when, verb, path without query, status and size. */
    @WithDefault("false")
    boolean access();
  }

  /** Azure API Management. */
  interface ApiManagement {
    /** The largest page, whatever a caller asks for. */
    int LARGEST_PAGE = 1000;

    /** The {@code aud} of the tokens of the strict mode, one of which a token has to have. */
    @WithDefault(
        "https://management.azure.com/,https://management.azure.com,"
            + "https://management.core.windows.net/,https://management.core.windows.net")
    Set<String> audiences();

    /** Entries on a page of a listing when the caller does not say; at most 1000. */
    @WithDefault("100")
    int pageSize();
  }

  /** Windows Azure Pack. */
  interface AzurePack {
    /** The administrator interface. */
    Admin admin();

    /** The tenant interface. */
    Tenant tenant();

    /** How resource providers, of which there are none, take changes of users. */
    Sync sync();

    /** Time a deleted user stays visible as {@code DeletePending}. */
    @WithDefault("0s")
    Duration deleting();

    /** The port of the administrator interface. */
    interface Admin {
      /** The {@code aud} of the tokens of administrators in the strict mode. */
      @WithDefault("http://azureservices/AdminSite")
      String audience();

      /** Whether it is open; it needs {@code roster.https.enabled}, too. */
      @WithDefault("true")
      boolean enabled();

      /** Port for https; 0 takes any free one. */
      @WithDefault("30004")
      int port();
    }

    /** The port of the tenant interface. */
    interface Tenant {
      /** The {@code aud} of the tokens of tenants in the strict mode. */
      @WithDefault("http://azureservices/TenantSite")
      String audience();

      /** Whether it is open; it needs {@code roster.https.enabled}, too. */
      @WithDefault("true")
      boolean enabled();

      /** Port for https; 0 takes any free one. */
      @WithDefault("30005")
      int port();
    }

    /** How resource providers take changes of users. */
    interface Sync {
      /** Time a user is {@code Syncing} after a change. */
      @WithDefault("0s")
      Duration duration();

      /**
       * Regular expression; users whose whole name matches it, in any case, end {@code OutOfSync}.
       */
      Optional<String> failingUsers();

      /** What the providers then say, behind the documented preamble. */
      @WithDefault("The request to the underlying service has timed out.")
      String error();
    }
  }

  /** HPE Nimble Storage. */
  interface Nimble {
    /** The longest time without a request that a group of arrays allows, in seconds. */
    long LONGEST_INACTIVITY = 43_200;

    /** The most failed log-ins that a group of arrays allows. */
    int MOST_ATTEMPTS = 10;

    /** The password that the administrator of a new database gets when the deployer sets none. */
    String DEFAULT_ADMIN_PASSWORD = "admin";

    /** The port of an array. */
    Listener https();

    /** Password of the built-in administrator {@code admin} in a new database; not used after. */
    @WithDefault(DEFAULT_ADMIN_PASSWORD)
    String adminPassword();

    /** File with {@link #adminPassword()} instead, which the list of processes does not show. */
    Optional<Path> adminPasswordFile();

    /**
     * How long a session without requests lives when its user has no time-out of its own; 1s to
     * 12h.
     */
    @WithDefault("30m")
    Duration inactivityTimeout();

    /** Failed log-ins in a row that lock a user, 1 to 10; 0 never locks. */
    @WithDefault("5")
    int allowedAttempts();

    /** Most live sessions of one user; at most 1,000,000. */
    @WithDefault("1000")
    int maxSessions();

    /** Most users; at most 1,000,000. */
    @WithDefault("1000")
    int maxUsers();

    /** The port of an array. */
    interface Listener {
      /** Whether it is open; it needs {@code roster.https.enabled}, too. */
      @WithDefault("true")
      boolean enabled();

      /** Port for https; 0 takes any free one. */
      @WithDefault("5392")
      int port();
    }
  }

  /** Azure Batch. */
  interface Batch {
    /** The {@code aud} of the tokens of the strict mode, one of which a token has to have. */
    @WithDefault("https://batch.core.windows.net/")
    Set<String> audiences();

    /**
     * Accounts by name, each with its base64 key; a request may be signed with any of them. They
     * share one set of pools, and take the place of the sample account.
     */
    Map<String, String> accounts();

    /**
     * Files with keys of {@link #accounts()} instead, which the list of processes does not show.
     */
    Map<String, Path> accountKeyFiles();

    /** How long nodes stay in the states they pass through. */
    Node node();

    /** How long pools stay in the states they pass through. */
    Pool pool();

    /** Durations of a node's passing states; zero skips the state. */
    interface Node {
      /** Time a new node is {@code creating}. */
      @WithDefault("0s")
      Duration creating();

      /** Time a node is {@code starting} after it was created or reimaged. */
      @WithDefault("0s")
      Duration starting();

      /** Time a node is {@code rebooting}. */
      @WithDefault("0s")
      Duration rebooting();

      /** Time a node is {@code reimaging}. */
      @WithDefault("0s")
      Duration reimaging();
    }

    /** Durations of a pool's passing states; zero skips the state. */
    interface Pool {
      /** Time a new pool's {@code allocationState} is {@code resizing}. */
      @WithDefault("0s")
      Duration resizing();

      /** Time a deleted pool stays visible as {@code deleting}. */
      @WithDefault("0s")
      Duration deleting();
    }
  }
}
