package io.tidemark.converters;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A JSON object as a map, which decodes only what is asked for, and remembers its bytes until it,
 * or anything in it, is changed. It can be changed like a HashMap, keeps the order of the text, and
 * is as little safe for several threads.
 */
public final class JsonObject extends AbstractMap<String, Object> implements JsonContainer {

  /** Names compared in lookups before all members are decoded, so that lookups stay fast. */
  private static final int SEARCHED_NAMES = 1024;

  private final JsonContainer parent;
  private final int token;

  /** Null once something in this object was changed. */
  private JsonTokens tokens;

  /** All members; null until they are needed. */
  private Map<String, Object> all;

  /** Before that, containers that were given away: the same ones have to be given again. */
  private Map<Integer, Object> given;

  private int searched;

  JsonObject(JsonTokens tokens, int token, JsonContainer parent) {
    this.tokens = tokens;
    this.token = token;
    this.parent = parent;
  }

  /** The text that this object is part of; null once something in the object was changed. */
  public JsonTokens tokens() {
    return tokens;
  }

  /** The token of this object in {@link #tokens()}. */
  public int token() {
    return token;
  }

  @Override
  public int size() {
    return all == null ? tokens.members(token) : all.size();
  }

  @Override
  public boolean containsKey(Object name) {
    return all == null ? find(name) >= 0 || has(name) : all.containsKey(name);
  }

  @Override
  public Object get(Object name) {
    int found = all == null ? find(name) : -1;
    if (found >= 0) {
      return tokens.isContainer(found) ? container(found) : tokens.value(found);
    }
    return all == null ? null : all.get(name);
  }

  @Override
  public Object put(String name, Object value) {
    changed();
    return all.put(name, value);
  }

  @Override
  public Object remove(Object name) {
    if (!containsKey(name)) {
      return null;
    }
    changed();
    return all.remove(name);
  }

  @Override
  public void clear() {
    if (!isEmpty()) {
      changed();
      all.clear();
    }
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Object> action) {
    all().forEach(action);
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new Entries();
  }

  @Override
  public void changed() {
    all();
    tokens = null;
    if (parent != null) {
      parent.changed();
    }
  }

  /** The token of a member's value; -1 when there is none, or when all members are decoded. */
  private int find(Object name) {
    if (!(name instanceof String text)) {
      return -1;
    }
    searched += tokens.members(token);
    if (searched > SEARCHED_NAMES && searched > tokens.members(token)) {
      all();
      return -1;
    }
    return tokens.member(token, text);
  }

  /** After a lookup that has decoded all members. */
  private boolean has(Object name) {
    return all != null && all.containsKey(name);
  }

  private Object container(int found) {
    if (given == null) {
      given = new HashMap<>();
    }
    return given.computeIfAbsent(found, at -> tokens.value(at, this));
  }

  private Map<String, Object> all() {
    if (all != null) {
      return all;
    }
    int left = tokens.members(token);
    Map<String, Object> members = new LinkedHashMap<>(left * 4 / 3 + 1);
    int name = token + 1;
    for (; left > 0; left--) {
      Object known = given == null ? null : given.get(name + 1);
      members.put(tokens.name(name), known == null ? tokens.value(name + 1, this) : known);
      name = tokens.after(name + 1);
    }
    all = members;
    given = null;
    return all;
  }

  /** The members, which can be changed through this view. */
  private final class Entries extends AbstractSet<Entry<String, Object>> {

    @Override
    public int size() {
      return JsonObject.this.size();
    }

    @Override
    public void clear() {
      JsonObject.this.clear();
    }

    @Override
    public Iterator<Entry<String, Object>> iterator() {
      Iterator<Entry<String, Object>> entries = all().entrySet().iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public Entry<String, Object> next() {
          return new Member(entries.next());
        }

        @Override
        public void remove() {
          entries.remove();
          changed();
        }
      };
    }
  }

  /** A member whose value can be set. */
  private final class Member implements Entry<String, Object> {

    private final Entry<String, Object> entry;

    Member(Entry<String, Object> entry) {
      this.entry = entry;
    }

    @Override
    public String getKey() {
      return entry.getKey();
    }

    @Override
    public Object getValue() {
      return entry.getValue();
    }

    @Override
    public Object setValue(Object value) {
      changed();
      return entry.setValue(value);
    }

    @Override
    public boolean equals(Object other) {
      return entry.equals(other);
    }

    @Override
    public int hashCode() {
      return entry.hashCode();
    }

    @Override
    public String toString() {
      return entry.toString();
    }
  }
}
