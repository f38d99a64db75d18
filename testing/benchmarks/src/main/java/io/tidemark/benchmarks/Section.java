package io.tidemark.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * The results of one suite, ready to be written.
 *
 * @param id names the file of its chart
 * @param title of the section
 * @param text before the table: what was measured
 * @param header of the table
 * @param rows of the table, as long as the header
 * @param chart of the same figures
 * @param notes after the table
 * @param unfair what is unfair to whom
 */
record Section(
    String id,
    String title,
    String text,
    List<String> header,
    List<List<String>> rows,
    BarChart chart,
    List<String> notes,
    List<String> unfair) {

  Section {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
    unfair = List.copyOf(unfair);
  }

  /** With more notes after those it has. */
  Section with(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Section(id, title, text, header, rows, chart, all, unfair);
  }
}
