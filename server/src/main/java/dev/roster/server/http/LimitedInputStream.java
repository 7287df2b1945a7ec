package dev.roster.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends the reading of a body that does not announce its size once it exceeds the limit, and keeps
 * the contract of streams, by which a read waits for at least one byte.
 */
final class LimitedInputStream extends FilterInputStream {

  private long left;

  LimitedInputStream(InputStream body, long limit) {
    super(body);
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    while (read == 0 && length > 0) {
      // The stream has this for an empty part of the body, such as the trailer of a chunked one;
      // its
      // readers take it for a broken stream.
      read = super.read(buffer, offset, length);
    }
    if (read > 0) {
      count(read);
    }
    return read;
  }

  private void count(int read) throws BodyTooLargeException {
    left -= read;
    if (left < 0) {
      throw new BodyTooLargeException();
    }
  }
}
