package io.tidemark.delta.schema;

/**
 * The path of a field in messages: {@code order.items.element.price}. The element of a list is
 * called {@code element}, those of a map {@code key} and {@code value}, as in Delta.
 */
public final class FieldPath {

  /** The path of the whole value. */
  public static final String ROOT = "";

  private static final int SHORTENED = 200;

  private FieldPath() {}

  /** A path for a message: its beginning and its end when it is very long. */
  public static String shortened(String path) {
    int half = SHORTENED / 2;
    return path.length() <= SHORTENED
        ? path
        : path.substring(0, half) + "..." + path.substring(path.length() - half);
  }

  /** The path of a field inside the value at {@code parent}. */
  public static String child(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  /** The path of the elements of the list at {@code parent}. */
  public static String element(String parent) {
    return child(parent, "element");
  }

  /** The path of the keys of the map at {@code parent}. */
  public static String key(String parent) {
    return child(parent, "key");
  }

  /** The path of the values of the map at {@code parent}. */
  public static String value(String parent) {
    return child(parent, "value");
  }
}
