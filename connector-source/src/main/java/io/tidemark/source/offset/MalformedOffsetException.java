package io.tidemark.source.offset;

/** A source offset that is not valid for this connector; its message is the end of a sentence. */
public final class MalformedOffsetException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedOffsetException(String why) {
    super(why);
  }
}
