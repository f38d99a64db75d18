package io.tidemark.converters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Maps and lists over tokens behave as those of the JDK, and forget their bytes when changed. */
class JsonObjectTest {

  private static final String DOCUMENT =
      "{\"a\": 1, \"b\": {\"c\": [1, {\"d\": null}, \"x\"], \"e\": 2.5}, \"f\": [], \"g\": \"\\n\"}";

  /** Each number is an operation, an argument and a place. */
  @Property(tries = 2000)
  void anyOperationsGiveWhatALinkedHashMapGives(
      @ForAll @Size(max = 30) List<@IntRange(max = 9999) Integer> operations) {
    JsonObject lazy = parsed(DOCUMENT);
    Map<String, Object> plain = plain();
    for (int operation : operations) {
      assertThat(apply(lazy, operation)).isEqualTo(apply(plain, operation));
      if (lazy.tokens() != null) {
        assertThat(plain).isEqualTo(plain());
      }
    }
    assertThat(lazy).isEqualTo(plain);
    assertThat(plain).isEqualTo(lazy);
    assertThat(lazy.hashCode()).isEqualTo(plain.hashCode());
    assertThat(lazy).hasToString(plain.toString());
    assertThat(new ArrayList<>(lazy.keySet())).isEqualTo(new ArrayList<>(plain.keySet()));
  }

  @SuppressWarnings("unchecked")
  private static Object apply(Map<String, Object> map, int operation) {
    String name = "abcdefgh".charAt(operation / 100 % 8) + "";
    return switch (operation % 16) {
      case 0 -> map.get(name);
      case 1 -> map.containsKey(name);
      case 2 -> map.put(name, operation);
      case 3 -> map.remove(name);
      case 4 -> map.size();
      case 5 -> map.getOrDefault(name, operation);
      case 6 -> map.keySet().remove(name);
      case 7 -> map.values().remove(1L);
      case 8 -> map.computeIfAbsent(name, absent -> operation);
      case 9 -> map.entrySet().removeIf(entry -> entry.getKey().equals(name));
      case 10 -> {
        map.replaceAll((key, value) -> key.equals(name) ? operation : value);
        yield null;
      }
      case 11 -> {
        if (operation / 800 % 8 == 0) {
          map.clear();
        }
        yield map.isEmpty();
      }
      case 12 ->
          map.get("b") instanceof Map<?, ?> inner
              ? apply((Map<String, Object>) inner, operation / 10)
              : null;
      case 13 ->
          map.get("c") instanceof List<?> list
              ? apply((List<Object>) list, operation / 10)
              : map.get("b") instanceof Map<?, ?> inner
                  ? apply((Map<String, Object>) inner, 13 + operation / 800 * 800)
                  : null;
      case 14 -> map.entrySet().contains(Map.entry(name, 1L));
      default -> map.toString();
    };
  }

  private static Object apply(List<Object> list, int operation) {
    int place = list.isEmpty() ? 0 : operation / 10 % list.size();
    return switch (operation % 6) {
      case 0 -> list.add(operation);
      case 1 -> list.isEmpty() ? null : list.remove(place);
      case 2 -> list.isEmpty() ? null : list.set(place, operation);
      case 3 -> {
        list.add(place, operation);
        yield list.size();
      }
      case 4 -> list.indexOf("x");
      default -> {
        list.subList(place, list.size()).clear();
        yield list.toString();
      }
    };
  }

  @Test
  void aChangeDeepInsideForgetsTheBytesOfAllAround() {
    JsonObject root = parsed(DOCUMENT);
    JsonObject inner = (JsonObject) root.get("b");
    JsonArray list = (JsonArray) inner.get("c");
    JsonObject deepest = (JsonObject) list.get(1);
    JsonArray beside = (JsonArray) root.get("f");
    deepest.put("d", 7);
    assertThat(root.tokens()).isNull();
    assertThat(inner.tokens()).isNull();
    assertThat(list.tokens()).isNull();
    assertThat(deepest.tokens()).isNull();
    assertThat(beside.tokens()).isNotNull();
    assertThat(root.toString()).isEqualTo("{a=1, b={c=[1, {d=7}, x], e=2.5}, f=[], g=\n}");
  }

  @Test
  void lookingChangesNothing() {
    JsonObject root = parsed(DOCUMENT);
    root.forEach((name, value) -> assertThat(root.get(name)).isSameAs(value));
    assertThat(root.remove("none")).isNull();
    assertThat(root.containsKey(null)).isFalse();
    assertThat(root.get((Object) "none")).isNull();
    assertThat(root.tokens()).isNotNull();
    assertThat(root.token()).isZero();
    assertThat(((JsonObject) root.get("b")).token()).isEqualTo(4);
  }

  @Test
  void aContainerIsTheSameObjectWheneverItIsAskedFor() {
    JsonObject root = parsed(DOCUMENT);
    Object inner = root.get("b");
    assertThat(root.get("b")).isSameAs(inner);
    root.put("z", 1);
    assertThat(root.get("b")).isSameAs(inner);
  }

  @Test
  void anEntryThatIsSetOrRemovedIsAChange() {
    JsonObject set = parsed(DOCUMENT);
    set.entrySet().iterator().next().setValue("other");
    assertThat(set.tokens()).isNull();
    assertThat(set).containsEntry("a", "other");
    JsonObject removed = parsed(DOCUMENT);
    Iterator<String> names = removed.keySet().iterator();
    names.next();
    names.remove();
    assertThat(removed.tokens()).isNull();
    assertThat(removed).doesNotContainKey("a").hasSize(3);
  }

  @Test
  void anArrayThatChangesUnderAnIteratorFailsFast() {
    JsonArray list = (JsonArray) ((JsonObject) parsed(DOCUMENT).get("b")).get("c");
    Iterator<Object> elements = list.iterator();
    elements.next();
    list.add("y");
    assertThatThrownBy(elements::next).isInstanceOf(ConcurrentModificationException.class);
  }

  @Test
  void manyLookupsInALargeObjectStayCorrect() {
    StringBuilder text = new StringBuilder("{\"inner\": {\"x\": 1}");
    for (int i = 0; i < 2000; i++) {
      text.append(", \"n").append(i).append("\": ").append(i);
    }
    JsonObject root = parsed(text.append("}").toString());
    Object inner = root.get("inner");
    for (int i = 0; i < 2000; i++) {
      assertThat(root.get("n" + i)).isEqualTo((long) i);
      assertThat(root.containsKey("m" + i)).isFalse();
    }
    assertThat(root.get("inner")).isSameAs(inner);
    assertThat(root.tokens()).isNotNull();
  }

  private static Map<String, Object> plain() {
    Map<String, Object> deepest = new LinkedHashMap<>();
    deepest.put("d", null);
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("c", new ArrayList<>(List.of(1L, deepest, "x")));
    inner.put("e", 2.5);
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("a", 1L);
    plain.put("b", inner);
    plain.put("f", new ArrayList<>());
    plain.put("g", "\n");
    return plain;
  }

  private static JsonObject parsed(String text) {
    return (JsonObject) JsonTokens.of(text.getBytes(StandardCharsets.UTF_8)).value(0);
  }
}
