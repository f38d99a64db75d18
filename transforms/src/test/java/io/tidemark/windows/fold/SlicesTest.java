package io.tidemark.windows.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.windows.config.WindowSpec;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlicesTest {

  /**
   * What a window is: it begins at a multiple of the advance from the start, and holds its start,
   * not its end.
   */
  private static List<Long> windowsHolding(long time, long size, long advance, long from) {
    return LongStream.rangeClosed((time - size) / advance - 3, time / advance + 3)
        .map(number -> number * advance + from)
        .filter(start -> start <= time && time < start + size)
        .boxed()
        .toList();
  }

  @Property(tries = 1000)
  void agreesWithWhatAWindowIs(
      @ForAll @IntRange(min = -2000, max = 2000) int time,
      @ForAll @IntRange(min = 1, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 60) int anyAdvance,
      @ForAll int anyStart) {
    long advance = 1L + (anyAdvance - 1) % size;
    long from = anyStart % advance;
    Slices slices = new Slices(WindowSpec.hopping(size, advance).startingAt(from));
    long slice = slices.sliceOf(time);
    assertThat(slice).isLessThanOrEqualTo(time).isGreaterThan(time - slices.sliceMicros());

    List<Long> windows = windowsHolding(time, size, advance, from);
    long first = windows.get(0);
    long last = windows.get(windows.size() - 1);
    assertThat(slices.firstWindow(slice)).isEqualTo(first);
    assertThat(slices.lastWindow(slice)).isEqualTo(last);
    assertThat(slices.lastEnd(slice)).isEqualTo(last + size);
    // All times of a slice are in the same windows, and windows are whole numbers of slices.
    assertThat(windowsHolding(slice, size, advance, from)).isEqualTo(windows);
    assertThat(windowsHolding(slice + slices.sliceMicros() - 1, size, advance, from))
        .isEqualTo(windows);
    assertThat(size % slices.sliceMicros()).isZero();

    long ending = slices.firstWindowEndingAfter(time);
    assertThat(Math.floorMod(ending - from, advance)).isZero();
    assertThat(ending + size).isGreaterThan(time);
    assertThat(ending + size - advance).isLessThanOrEqualTo(time);
    assertThat(slices.next(ending)).isEqualTo(ending + advance);
  }

  @Test
  void hasOneSlicePerTumblingWindow() {
    Slices slices = new Slices(WindowSpec.tumbling(5_000));
    assertThat(slices.sliceMicros()).isEqualTo(slices.sizeMicros()).isEqualTo(5_000);
    assertThat(slices.sliceOf(-1)).isEqualTo(-5_000);
    assertThat(slices.lastEnd(-5_000)).isZero();
  }

  @Test
  void hasTheLongestSlicesThatHoppingWindowsAreMadeOf() {
    assertThat(new Slices(WindowSpec.hopping(600, 250)).sliceMicros()).isEqualTo(50);
    assertThat(new Slices(WindowSpec.hopping(600, 200)).sliceMicros()).isEqualTo(200);
  }

  @Test
  void hasNoSlicesOfSessions() {
    assertThatThrownBy(() -> new Slices(WindowSpec.session(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
