package io.tidemark.stores;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests that have arrived at a proxy, and the faults that are to hit them. */
final class RequestLog {

  private final List<StoreRequest> requests = new ArrayList<>();
  private final List<FaultRule> rules = new ArrayList<>();

  /** The oldest rule that hits the request decides; later ones do not count it. */
  synchronized Optional<Fault> arrived(StoreRequest request) {
    requests.add(request);
    Optional<Fault> fault = Optional.empty();
    for (FaultRule rule : rules) {
      if (fault.isEmpty()) {
        fault = rule.arrived(request);
      }
    }
    return fault;
  }

  synchronized void add(FaultRule rule) {
    rules.add(rule);
  }

  synchronized List<StoreRequest> requests() {
    return List.copyOf(requests);
  }

  synchronized Map<RequestKind, Integer> counts(String pathPrefix) {
    Map<RequestKind, Integer> counts = new EnumMap<>(RequestKind.class);
    for (StoreRequest request : requests) {
      if (request.path().startsWith(pathPrefix)) {
        counts.merge(request.kind(), 1, Integer::sum);
      }
    }
    return counts;
  }

  synchronized void reset() {
    requests.clear();
    rules.clear();
  }
}
