package io.tidemark.checkpoint.log;

import io.tidemark.common.DataFile;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a batch does to windows.
 *
 * @param operators state of each operator after it, by name
 * @param results data files of the windows that it closes, and those in place of replaced files
 * @param replaced data files of its segments that it does not commit, because they have duplicates
 */
public record WindowStates(
    SortedMap<String, OperatorState> operators, List<DataFile> results, List<DataFile> replaced) {

  /** Without operators. */
  public static final WindowStates NONE = new WindowStates(new TreeMap<>(), List.of());

  public WindowStates {
    operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
    results = List.copyOf(results);
    replaced = List.copyOf(replaced);
  }

  /** A batch that replaces no file. */
  public WindowStates(SortedMap<String, OperatorState> operators, List<DataFile> results) {
    this(operators, results, List.of());
  }
}
