package dev.roster.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends the reading of a body that does not announce its size once it exceeds the limit. */
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
