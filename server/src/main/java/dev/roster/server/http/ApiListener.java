package dev.roster.server.http;

import java.util.OptionalInt;

/** An https port where one API answers as the vendor's system does, and nothing else. */
public interface ApiListener {

  /** The API that answers there. */
  Api api();

  /** What its properties begin with, such as {@code roster.nimble.https}. */
  String prefix();

  /** The port, 0 for any free one; empty if it is switched off. */
  OptionalInt port();
}
