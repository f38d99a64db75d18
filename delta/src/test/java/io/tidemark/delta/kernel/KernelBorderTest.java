package io.tidemark.delta.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.tidemark.common.TidemarkException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class KernelBorderTest {

  private static final String VALUE = "value-of-a-record";

  private static final Refusals REFUSALS =
      new Refusals() {
        @Override
        public TidemarkException unsupported(String location, Exception cause) {
          return new TidemarkException("TM-901", location, cause);
        }

        @Override
        public TidemarkException catalogManaged(String location) {
          return new TidemarkException("TM-902", location, null);
        }

        @Override
        public TidemarkException unreadable(String location, String why, Exception cause) {
          return new TidemarkException("TM-903", location + ": " + why, cause);
        }
      };

  private final KernelBorder border = new KernelBorder("/lake/t", REFUSALS);

  private Throwable of(Throwable thrown) {
    return catchThrowable(() -> border.reading("/lake/t/_delta_log/7.json", () -> fail(thrown)));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> Void fail(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void failingIoIsAnIoExceptionHoweverDeepItIs() {
    IOException io = new IOException("connection reset");
    assertThat(of(io)).isSameAs(io);
    for (RuntimeException wrapped :
        new RuntimeException[] {
          new UncheckedIOException(io),
          new KernelEngineException("while reading " + VALUE, io),
          new RuntimeException(VALUE, new KernelEngineException(VALUE, io)),
          new IllegalArgumentException(io)
        }) {
      assertThat(of(wrapped))
          .isInstanceOf(IOException.class)
          .hasMessage("Table /lake/t, file 7.json: java.io.IOException: connection reset")
          .hasCause(io);
    }
    FileNotFoundException missing = new FileNotFoundException("7.json");
    assertThat(of(new KernelEngineException(VALUE, missing))).isSameAs(missing);
  }

  @Test
  void everythingElseHasACodeAndNoValue() {
    JsonProcessingException notJson =
        (JsonProcessingException) catchThrowable(() -> new ObjectMapper().readTree(VALUE));
    for (Exception thrown :
        new Exception[] {
          new UncheckedIOException(notJson), new KernelEngineException(VALUE, notJson), notJson
        }) {
      assertThat(of(thrown))
          .hasMessage("TM-903 /lake/t: file 7.json: a line is not JSON.")
          .satisfies(KernelBorderTest::hasNoValue);
    }
    for (RuntimeException thrown :
        new RuntimeException[] {
          new RuntimeException("Couldn't decode " + VALUE),
          new IllegalStateException(VALUE, new ClassCastException(VALUE)),
          new KernelException(VALUE),
          new KernelEngineException(VALUE, new NumberFormatException(VALUE))
        }) {
      assertThat(of(thrown))
          .hasMessage(
              "TM-903 /lake/t: file 7.json: Delta Kernel failed with "
                  + thrown.getClass().getSimpleName())
          .satisfies(KernelBorderTest::hasNoValue);
    }
    assertThat(of(new RuntimeException("Root node at key id is null but field isn't nullable. R")))
        .hasMessage(
            "TM-903 /lake/t: file 7.json: Root node at key id is null but field isn't nullable");
  }

  private static void hasNoValue(Throwable thrown) {
    assertThat(thrown).isInstanceOf(TidemarkException.class);
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(VALUE);
    }
    assertThat(thrown.getCause()).isNotNull().hasNoSuppressedExceptions();
    assertThat(thrown.getCause().getStackTrace()).isNotEmpty();
  }

  @Test
  void decisionsPassWhereTheyAreAskedFor() {
    KernelException lost = new ConcurrentWriteException();
    assertThatThrownBy(() -> border.call(() -> fail(lost), ConcurrentWriteException.class))
        .isSameAs(lost);
    assertThatThrownBy(() -> border.call(() -> fail(lost), TableNotFoundException.class))
        .isInstanceOf(TidemarkException.class);
    assertThat(border.refusal(new KernelException(VALUE))).satisfies(KernelBorderTest::hasNoValue);
  }

  @Test
  void errorsAndOurOwnExceptionsPassHoweverDeepTheyAre() {
    for (Error error : new Error[] {new OutOfMemoryError(), new NoClassDefFoundError("x")}) {
      assertThat(of(error)).isSameAs(error);
      assertThat(of(new KernelEngineException("x", new RuntimeException(error)))).isSameAs(error);
    }
    TidemarkException ours = new TidemarkException("TM-702", "no links", null);
    assertThat(of(ours)).isSameAs(ours);
    assertThat(of(new KernelEngineException("x", ours))).isSameAs(ours);
  }

  @Test
  void aTableOfACatalogIsSaidToBeOne() {
    assertThat(of(new IllegalArgumentException("Must provide it for a catalogManaged table")))
        .hasMessage("TM-902 /lake/t");
  }
}
