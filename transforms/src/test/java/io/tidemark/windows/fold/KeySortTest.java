package io.tidemark.windows.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeySortTest {

  @Property(tries = 500)
  void sortsByUnsignedBytesWhateverKeysHaveInCommon(
      @ForAll long seed,
      @ForAll @IntRange(max = 3000) int count,
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll @IntRange(min = 1, max = 256) int letters) {
    Random random = new Random(seed);
    Map<String, byte[]> keys = new LinkedHashMap<>();
    byte[] common = bytes(random, random.nextInt(20), 256);
    for (int i = 0; i < count; i++) {
      byte[] rest = bytes(random, random.nextInt(length + 1), letters);
      byte[] key = Arrays.copyOf(common, common.length + rest.length);
      System.arraycopy(rest, 0, key, common.length, rest.length);
      keys.put(Arrays.toString(key), key);
    }
    assertSorted(keys.values());
  }

  @Test
  void sortsManyKeysWithALongBeginningInCommonWithoutADeepStack() {
    Random random = new Random(7);
    Map<String, byte[]> keys = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      byte[] key = new byte[200_000];
      key[key.length - 1] = (byte) random.nextInt(256);
      key[key.length - 2] = (byte) i;
      keys.put(String.valueOf(i), key);
    }
    assertSorted(keys.values());
  }

  @Test
  void sortsNothingAndOne() {
    assertSorted(List.of());
    assertSorted(List.of(new byte[0]));
  }

  private static byte[] bytes(Random random, int length, int letters) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(letters);
    }
    return bytes;
  }

  private static void assertSorted(Collection<byte[]> keys) {
    byte[][] all = keys.toArray(new byte[0][]);
    int[] keyAt = new int[all.length + 1];
    for (int i = 0; i < all.length; i++) {
      keyAt[i + 1] = keyAt[i] + all[i].length;
    }
    byte[] arena = new byte[keyAt[all.length]];
    for (int i = 0; i < all.length; i++) {
      System.arraycopy(all[i], 0, arena, keyAt[i], all[i].length);
    }
    int[] wanted =
        IntStream.range(0, all.length)
            .boxed()
            .sorted((a, b) -> Arrays.compareUnsigned(all[a], all[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    assertThat(new KeySort(arena, keyAt, all.length).order()).isEqualTo(wanted);
  }
}
