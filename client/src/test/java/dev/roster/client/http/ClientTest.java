package dev.roster.client.http;

import org.junit.jupiter.api.AfterEach;

/** A test of one client against a fake service of its own. */
public interface ClientTest {

  ClientUnderTest api();

  @AfterEach
  default void stopService() {
    api().close();
  }
}
