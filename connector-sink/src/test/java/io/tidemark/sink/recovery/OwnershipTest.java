package io.tidemark.sink.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OwnerLog;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryStorage;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnershipTest {

  private final Faults faults = new Faults();
  private final CheckpointLocation checkpoint = new CheckpointLocation(new MemoryStorage(faults));

  @Test
  void givesALocationToTheFirstConnectorThatStarts() throws IOException {
    ownership("orders").claim(1_700_000_000_000L);
    ownership("orders").claim(1_800_000_000_000L);
    assertThat(checkpoint.owners().numbers()).containsExactly(0L);
    assertThat(checkpoint.owners().read(0))
        .hasValue(new OwnerLog.Owner("orders", 1_700_000_000_000L));
  }

  @Test
  void refusesASecondConnectorAndNamesTheFirst() throws IOException {
    ownership("orders").claim(1_700_000_000_000L);
    assertThatThrownBy(() -> ownership("other").claim(1_800_000_000_000L))
        .hasMessageContainingAll(
            "TM-168",
            "for connector other",
            "it has belonged to connector orders since 2023-11-14T22:13:20Z",
            "owners/0",
            "checkpoint.location.taken.over.from=orders");
    assertThat(ownership("other").refusal()).hasValue("orders");
    assertThat(checkpoint.owners().numbers()).containsExactly(0L);
  }

  @Test
  void letsARenamedConnectorTakeOverAndTheFormerOneNotices() throws IOException {
    Ownership former = ownership("orders");
    former.claim(1);
    former.require();
    Ownership renamed = new Ownership(checkpoint, "renamed", Optional.of("orders"));
    assertThat(renamed.refusal()).isEmpty();
    renamed.claim(2);
    renamed.claim(3);
    renamed.require();
    assertThat(checkpoint.owners().numbers()).containsExactly(0L, 1L);
    assertThatThrownBy(former::require)
        .hasMessageContainingAll("TM-168", "belonged to connector renamed", "owners/1");
    assertThatThrownBy(() -> former.claim(4)).hasMessageContaining("TM-168");
  }

  @Test
  void takesOverFromNobodyElse() throws IOException {
    ownership("orders").claim(1);
    assertThatThrownBy(() -> new Ownership(checkpoint, "other", Optional.of("refunds")).claim(2))
        .hasMessageContaining("TM-168");
  }

  @Test
  void costsOneReadToAskAgain() throws IOException {
    Ownership owner = ownership("orders");
    owner.claim(1);
    int before = faults.operations().size();
    owner.require();
    assertThat(faults.operations().subList(before, faults.operations().size()))
        .containsExactly("read owners/1");
  }

  @Test
  void tellsATaskWithoutAClaimWhetherTheLocationIsItsConnectors() throws IOException {
    assertThatCode(() -> ownership("orders").require())
        .as("nobody's yet")
        .doesNotThrowAnyException();
    ownership("orders").claim(1);
    assertThatCode(() -> ownership("orders").require()).doesNotThrowAnyException();
    assertThatThrownBy(() -> ownership("other").require()).hasMessageContaining("TM-168");
  }

  private Ownership ownership(String connector) {
    return new Ownership(checkpoint, connector, Optional.empty());
  }
}
