package org.voyage.prove;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.prove.RunHistory.AcknowledgedWrite;
import org.voyage.prove.RunHistory.FeedEvent;
import org.voyage.prove.RunHistory.InjectedFault;
import org.voyage.prove.RunHistory.PublishedEvent;
import org.voyage.prove.RunHistory.ServedFigure;
import org.voyage.prove.RunHistory.StoredRow;

/**
 * Offline comparison of a run's journal with databases, topics, figures and a feed. One writer at a time writes each record,
 * so the journal has the whole truth: each version of each record, once.
 */
final class HistoryChecker {

    private final RunHistory history;
    private final List<String> findings = new ArrayList<>();
    /** Acknowledged writes of each record, by version. */
    private final Map<String, List<AcknowledgedWrite>> stories;

    private HistoryChecker(RunHistory history) {
        this.history = history;
        this.stories = history.writes().stream()
                .collect(Collectors.groupingBy(
                        write -> nameOf(write.record(), write.key()), TreeMap::new, Collectors.toList()));
    }

    /** Returns one sentence for each thing that is wrong; empty when the run proves the platform right. */
    static List<String> findFaults(RunHistory history) {
        HistoryChecker checker = new HistoryChecker(history);
        history.refusals().forEach(refusal -> checker.add("answer: %s", refusal));
        checker.checkJournal();
        checker.checkRows();
        checker.checkEvents();
        checker.checkFigures();
        checker.checkFeed();
        return checker.findings;
    }

    /** Returns the names of faults that did not happen: with one of them the run proves nothing. */
    static List<String> findVoidFaults(RunHistory history) {
        return history.faults().stream()
                .filter(fault -> !fault.happened())
                .map(InjectedFault::name)
                .toList();
    }

    private void checkJournal() {
        stories.forEach((name, story) -> {
            for (int i = 0; i < story.size(); i++) {
                if (story.get(i).version() != i + 1) {
                    add(
                            "journal: write %d of %s was acknowledged as version %d",
                            i + 1, name, story.get(i).version());
                    return;
                }
            }
        });
    }

    private void checkRows() {
        Map<String, Map<String, List<StoredRow>>> byServer = history.rows().stream()
                .collect(Collectors.groupingBy(
                        StoredRow::server,
                        TreeMap::new,
                        Collectors.groupingBy(row -> nameOf(row.record(), row.key()))));
        for (String server : ServerLab.SERVERS) {
            Map<String, List<StoredRow>> rows = byServer.getOrDefault(server, Map.of());
            for (String name : namesIn(rows)) {
                List<StoredRow> found = rows.getOrDefault(name, List.of());
                List<AcknowledgedWrite> story = stories.getOrDefault(name, List.of());
                if (found.size() != 1 || story.isEmpty()) {
                    add("%s: %s has %d rows and %d acknowledged writes", server, name, found.size(), story.size());
                    continue;
                }
                StoredRow row = found.getFirst();
                if (row.version() != story.size() || row.versions() != story.size()) {
                    add(
                            "%s: %s has version %d and %d kept versions after %d acknowledged writes",
                            server, name, row.version(), row.versions(), story.size());
                }
                if (!Objects.equals(row.text(), story.getLast().text())) {
                    add(
                            "%s: %s has \"%s\", acknowledged was \"%s\"",
                            server, name, row.text(), story.getLast().text());
                }
            }
        }
    }

    private void checkEvents() {
        Map<String, List<PublishedEvent>> byRecord =
                history.events().stream().collect(Collectors.groupingBy(event -> nameOf(event.record(), event.key())));
        for (String name : namesIn(byRecord)) {
            List<String> published = byRecord.getOrDefault(name, List.of()).stream()
                    .map(event -> event.version() + " " + event.text())
                    .toList();
            List<String> acknowledged = stories.getOrDefault(name, List.of()).stream()
                    .map(write -> write.version() + " " + write.text())
                    .toList();
            compareSequences("topic of " + name, acknowledged, published);
        }
        Map<String, Set<Integer>> partitions = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        for (PublishedEvent event : history.events()) {
            partitions
                    .computeIfAbsent(nameOf(event.record(), event.key()), name -> new HashSet<>())
                    .add(event.partition());
            String partition = event.record() + " " + event.partition();
            if (last.getOrDefault(partition, -1L) >= event.offset()) {
                add("topic %s: offset %d does not follow %d", partition, event.offset(), last.get(partition));
            }
            last.put(partition, event.offset());
        }
        partitions.forEach((name, found) -> {
            if (found.size() > 1) {
                add("topic of %s: its events are in %d partitions", name, found.size());
            }
        });
    }

    private void checkFigures() {
        Map<String, Long> expected = new TreeMap<>();
        RecordKind.all().forEach(kind -> expected.put(kind.figure, 0L));
        stories.values().forEach(story -> {
            RecordKind kind = RecordKind.ofRecord(story.getLast().record());
            if (story.getLast().text() != null) {
                expected.merge(kind.figure, (long) kind.weight(), Long::sum);
            }
        });
        expected.put(ServedFigure.PROOF, 0L);
        Set<String> missing = new TreeSet<>(Set.of(ServedFigure.PROOF + " at server1"));
        ServerLab.SERVERS.forEach(door -> RecordKind.all().forEach(kind -> missing.add(kind.figure + " at " + door)));
        for (ServedFigure served : history.figures()) {
            missing.remove(served.figure() + " at " + served.door());
            if (!Objects.equals(expected.get(served.figure()), served.value())) {
                add(
                        "figure %s at %s is %d, the journal says %d",
                        served.figure(), served.door(), served.value(), expected.get(served.figure()));
            }
        }
        missing.forEach(figure -> add("figure %s was not read", figure));
    }

    private void checkFeed() {
        long epoch = 0;
        long sequence = 0;
        Set<String> ids = new HashSet<>();
        Map<String, List<FeedEvent>> bySubject = new TreeMap<>();
        for (FeedEvent event : history.feed()) {
            if (!ids.add(event.id())) {
                add("feed: %s came twice", event.id());
            } else if (event.epoch() == epoch ? event.sequence() != sequence + 1 : event.sequence() != 1) {
                add("feed: %d-%d comes after %d-%d", event.epoch(), event.sequence(), epoch, sequence);
            }
            epoch = event.epoch();
            sequence = event.sequence();
            if (!event.subject().isEmpty()) {
                bySubject
                        .computeIfAbsent(event.subject(), subject -> new ArrayList<>())
                        .add(event);
            }
        }
        Map<String, List<String>> byRecord = new TreeMap<>();
        for (List<FeedEvent> events : bySubject.values()) {
            // A feed names a record in its own way; the written field has the key.
            String text = events.stream()
                    .map(FeedEvent::text)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("without state");
            byRecord.computeIfAbsent(nameOf(RecordKind.SCHOOL.record, text.split(" ", 2)[0]), name -> new ArrayList<>())
                    .addAll(events.stream().map(event -> "" + event.text()).toList());
        }
        Stream.concat(
                        stories.keySet().stream().filter(name -> name.startsWith(RecordKind.SCHOOL.record + " ")),
                        byRecord.keySet().stream())
                .distinct()
                .sorted()
                .forEach(name -> compareSequences(
                        "feed of " + name,
                        stories.getOrDefault(name, List.of()).stream()
                                .map(write -> "" + write.text())
                                .toList(),
                        byRecord.getOrDefault(name, List.of())));
    }

    /** Adds the first place at which two sequences differ. */
    private void compareSequences(String what, List<String> acknowledged, List<String> found) {
        for (int i = 0; i < Math.max(acknowledged.size(), found.size()); i++) {
            String wanted = i < acknowledged.size() ? acknowledged.get(i) : "nothing";
            String got = i < found.size() ? found.get(i) : "nothing";
            if (!wanted.equals(got)) {
                add(
                        "%s: place %d has \"%s\", acknowledged was \"%s\" (%d of %d)",
                        what, i + 1, got, wanted, found.size(), acknowledged.size());
                return;
            }
        }
    }

    private Set<String> namesIn(Map<String, ?> found) {
        Set<String> names = new TreeSet<>(stories.keySet());
        names.addAll(found.keySet());
        return names;
    }

    private static String nameOf(String record, String key) {
        return record + " " + key;
    }

    private void add(String text, @Nullable Object... arguments) {
        findings.add(text.formatted(arguments));
    }
}
