package io.tidemark.source.offset;

/** A source offset that is none of ours; its message ends a sentence about it. */
public final class MalformedOffsetException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedOffsetException(String why) {
    super(why);
  }
}
