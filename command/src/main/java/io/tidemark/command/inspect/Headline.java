package io.tidemark.command.inspect;

import io.tidemark.command.text.Figures;
import java.util.Optional;

/** The state of a query in a few sentences. */
public final class Headline {

  private Headline() {}

  /** The sentences. */
  public static String of(Inspection inspection) {
    StringBuilder text = new StringBuilder();
    Optional<BatchView> committed = inspection.committed();
    if (committed.isEmpty()) {
      text.append("No batch is committed yet.");
    } else {
      text.append("Batch ")
          .append(committed.get().number())
          .append(" was committed ")
          .append(
              Figures.span(
                  Math.max(0, inspection.nowMs() - committed.get().committedMs().getAsLong())))
          .append(" ago");
      inspection
          .intervalMs()
          .ifPresent(
              interval ->
                  text.append("; usually there is one every ").append(Figures.span(interval)));
      text.append('.');
    }
    inspection
        .planned()
        .ifPresent(
            planned ->
                text.append(" Batch ")
                    .append(planned.number())
                    .append(" is planned and not done."));
    inspection
        .lag()
        .ifPresent(
            lag ->
                text.append(" ")
                    .append(Figures.number(lag))
                    .append(" records in Kafka are not in a table yet."));
    if (!inspection.damages().isEmpty()) {
      text.append(" Damaged files: ").append(inspection.damages().size()).append('.');
    }
    return text.toString();
  }
}
