package io.tidemark.converters;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * A JSON array as a list, which decodes its elements when the first one is asked for, and remembers
 * its bytes until it, or anything in it, is changed. It can be changed like an ArrayList, and is as
 * little safe for several threads.
 */
public final class JsonArray extends AbstractList<Object> implements RandomAccess, JsonContainer {

  private final JsonContainer parent;
  private final int token;

  /** Null once something in this array was changed. */
  private JsonTokens tokens;

  /** All elements; null until they are needed. */
  private List<Object> all;

  JsonArray(JsonTokens tokens, int token, JsonContainer parent) {
    this.tokens = tokens;
    this.token = token;
    this.parent = parent;
  }

  /** The text that this array is part of; null once something in the array was changed. */
  public JsonTokens tokens() {
    return tokens;
  }

  /** The token of this array in {@link #tokens()}. */
  public int token() {
    return token;
  }

  @Override
  public int size() {
    return all == null ? tokens.members(token) : all.size();
  }

  @Override
  public Object get(int index) {
    return all().get(index);
  }

  @Override
  public Object set(int index, Object value) {
    Object before = all().set(index, value);
    changed();
    return before;
  }

  @Override
  public void add(int index, Object value) {
    all().add(index, value);
    modCount++;
    changed();
  }

  @Override
  public Object remove(int index) {
    Object removed = all().remove(index);
    modCount++;
    changed();
    return removed;
  }

  @Override
  protected void removeRange(int from, int to) {
    if (from < to) {
      all().subList(from, to).clear();
      modCount++;
      changed();
    }
  }

  @Override
  public void changed() {
    all();
    tokens = null;
    if (parent != null) {
      parent.changed();
    }
  }

  private List<Object> all() {
    if (all != null) {
      return all;
    }
    int left = tokens.members(token);
    List<Object> elements = new ArrayList<>(left);
    int element = token + 1;
    for (; left > 0; left--) {
      elements.add(tokens.value(element, this));
      element = tokens.after(element);
    }
    all = elements;
    return all;
  }
}
