package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Comparison of what senders were promised with tables, topics, figures and evidence. */
record CrashConsistency(PlatformEndpoints endpoints, CrashTables tables, CrashTopics topics) {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Requires that what was acknowledged is stored, published, counted and in the evidence, each once. */
    void requireConsistent(String prefix, CrashPush push) {
        assertThat(push.countAcknowledged()).isGreaterThan(CrashRows.TOTAL_ROWS);
        List<String> receipts = push.sendLast();
        requireConsistent(prefix, push.records(), receipts);
    }

    /** Requires the same of some records. @param receipts of the last writes, at least one for each partition */
    void requireConsistent(String prefix, AcknowledgedRecords records, List<String> receipts) {
        Map<String, CrashTables.StoredRow> promised = records.toStoredRows();
        Map<String, CrashTables.StoredRow> stored = tables.findRecords(prefix);
        assertThat(findDifferences(promised, stored)).as("promised and stored").isEmpty();
        await().atMost(TIMEOUT).untilAsserted(() -> {
            topics.readToEnd();
            assertThat(findDifferences(stored, topics.lastRecords(prefix)))
                    .as("stored and published")
                    .isEmpty();
        });
        int versions = stored.values().stream()
                .mapToInt(CrashTables.StoredRow::version)
                .sum();
        assertThat(tables.countVersions(prefix)).as("versions in the tables").isEqualTo(versions);
        requireFigures(receipts);
        requireEvidence(prefix, stored);
    }

    private void requireFigures(List<String> receipts) {
        try (RetryingClient client = new RetryingClient(endpoints)) {
            for (String indicator : CrashFigures.INDICATORS) {
                Map<String, Long> live = CrashFigures.fetchLive(indicator, receipts, client);
                assertThat(live).as(indicator).isNotEmpty();
                assertThat(findDifferences(CrashFigures.recompute(indicator, tables), live))
                        .as("%s recomputed and live", indicator)
                        .isEmpty();
            }
        }
    }

    private void requireEvidence(String prefix, Map<String, CrashTables.StoredRow> stored) {
        Map<String, Map<Integer, Integer>> each = new HashMap<>();
        stored.forEach((key, row) -> each.put(
                key,
                IntStream.rangeClosed(1, row.version())
                        .boxed()
                        .collect(Collectors.toMap(version -> version, version -> 1))));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(findDifferences(each, tables.countEvidence(prefix)))
                        .as("versions stored and in the evidence")
                        .isEmpty());
    }

    /** Returns the first few keys with different values, with both values. */
    static <V> List<String> findDifferences(Map<String, V> one, Map<String, V> other) {
        TreeSet<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(one.get(key), other.get(key)))
                .limit(5)
                .map(key -> key + ": " + one.get(key) + " | " + other.get(key))
                .toList();
    }
}
