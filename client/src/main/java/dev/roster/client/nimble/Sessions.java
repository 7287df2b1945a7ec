package dev.roster.client.nimble;

import dev.roster.client.http.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * The session of a client, made when it is first needed and made anew when it has died.
 *
 * <p>Calls that need one at the same time share one log-in and its outcome: several would leave
 * sessions behind, and several refused ones lock the user.
 */
final class Sessions {

  private final Supplier<Session> logIn;
  private CompletableFuture<Session> current;
  private boolean closed;

  /**
   * Takes how to log in.
   *
   * @param logIn makes a session, or throws {@link RefusedException} or {@link
   *     NimbleTransportException}
   */
  Sessions(Supplier<Session> logIn) {
    this.logIn = logIn;
  }

  /** The session to use. */
  Session current() {
    return insteadOf(null);
  }

  /**
   * The session to use by a call that found one dead: a new one, unless another call was faster.
   *
   * @param dead the session that is of no use; null if the call has tried none
   */
  Session insteadOf(Session dead) {
    while (true) {
      CompletableFuture<Session> shared;
      boolean mine;
      synchronized (this) {
        if (closed) {
          throw new IllegalStateException("The client is closed");
        }
        mine = current == null || (dead != null && dead.equals(current.getNow(null)));
        if (mine) {
          current = new CompletableFuture<>();
        }
        shared = current;
      }
      Session session = mine ? made(shared) : joined(shared);
      if (session != null) {
        return session;
      }
    }
  }

  /**
   * Takes the session away; the next call needs a new one.
   *
   * @return null if there is none
   */
  Session take() {
    return take(false);
  }

  /**
   * Takes the session away for good.
   *
   * @return null if there is none
   */
  Session close() {
    return take(true);
  }

  private Session take(boolean forGood) {
    CompletableFuture<Session> taken;
    synchronized (this) {
      taken = current;
      current = null;
      closed |= forGood;
    }
    try {
      return taken == null ? null : joined(taken);
    } catch (NimbleLogInException e) {
      return null;
    } catch (NimbleTransportException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw e;
      }
      return null;
    }
  }

  private Session made(CompletableFuture<Session> mine) {
    try {
      Session session = logIn.get();
      mine.complete(session);
      return session;
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        if (current == mine) {
          current = null;
        }
      }
      mine.completeExceptionally(e);
      if (e instanceof RefusedException refused) {
        throw ErrorAnswer.readLogIn(refused.refusal());
      }
      throw e;
    }
  }

  /** The outcome of a log-in that another call makes; null if that call was interrupted. */
  private static Session joined(CompletableFuture<Session> shared) {
    try {
      return shared.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NimbleTransportException("The wait for the log-in was interrupted", e);
    } catch (ExecutionException e) {
      Throwable reason = e.getCause();
      if (reason.getCause() instanceof InterruptedException) {
        return null;
      }
      // An exception of one's own has the stack of the call that failed.
      if (reason instanceof RefusedException refused) {
        throw ErrorAnswer.readLogIn(refused.refusal());
      }
      if (reason instanceof NimbleTimeoutException) {
        throw new NimbleTimeoutException(reason.getMessage(), reason);
      }
      throw new NimbleTransportException("The log-in of another call failed", reason);
    }
  }
}
