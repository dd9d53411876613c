package org.voyage.indicators.evidence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.evidence.EvidenceStore.Repeated;
import org.voyage.indicators.evidence.Offsets.Overtaken;
import org.voyage.indicators.evidence.Offsets.Place;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Follower;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.LogReader;
import org.voyage.indicators.intake.LogReaders;
import org.voyage.kit.database.DatabaseException;

/**
 * Follows the log into the evidence, with as many hands as are configured: each has partitions of its own and transactions of
 * its own, so that PostgreSQL works for several at once. Several services may run against one database: of the same hand of
 * each, one wins each step.
 */
@ApplicationScoped
public class EvidenceReader {

    private static final Logger LOG = Logger.getLogger(EvidenceReader.class);
    /** After a repeat more are likely (a replay), and a failed insert costs more than the careful one. */
    private static final int CAREFUL_CHUNKS = 20;

    private final EvidenceStore store;
    private final LogReaders logs;
    private final int hands;
    private final Duration patience;
    private final CountDownLatch turn = new CountDownLatch(1);
    private final List<Follower<Ahead>> followers = new ArrayList<>();
    private final Counter rows;
    private final Counter asides;

    EvidenceReader(
            EvidenceStore store, LogReaders logs, Layouts layouts, IndicatorsConfig config, MeterRegistry metrics) {
        this.store = store;
        this.logs = logs;
        this.hands = Math.max(1, config.evidenceHands());
        this.patience = config.evidenceWaits();
        for (int hand = 0; hand < hands; hand++) {
            followers.add(
                    new Follower<>("evidence-" + hand, new Hand(hand, layouts), config.poll(), config.retry(), 1));
        }
        this.rows = metrics.counter("voyage.indicators.evidence.rows");
        this.asides = metrics.counter("voyage.indicators.set.aside");
        metrics.gauge("voyage.indicators.evidence.lag", followers, Follower::lag);
    }

    void start(@Observes StartupEvent event) {
        followers.forEach(Follower::start);
    }

    /** Nobody else needs the machine for his start any more: the evidence goes on, if it does not yet. */
    public void goOn() {
        turn.countDown();
    }

    void stop(@Observes ShutdownEvent event) {
        goOn();
        followers.forEach(Follower::stop);
    }

    /** Why it does not get on at the moment. */
    public Optional<String> failure() {
        return followers.stream().flatMap(each -> each.failure().stream()).findFirst();
    }

    private record Ahead(List<Entry> entries, Map<TopicPartition, Long> next) {}

    private final class Hand implements Follower.Work<Ahead> {

        private final int number;
        private final FactReaders readers;
        private Map<TopicPartition, Place> places = Map.of();
        private int careful;

        Hand(int number, Layouts layouts) {
            this.number = number;
            this.readers = new FactReaders(layouts, new Dictionaries());
        }

        /** Partitions of a topic are shared out in turn; so are topics that have one only. */
        private boolean isMine(TopicPartition partition) {
            return Math.floorMod(partition.topic().hashCode() + partition.partition(), hands) == number;
        }

        @Override
        public LogReader open() throws InterruptedException {
            if (!turn.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.infof("evidence-%d: waits no longer for the live figures", number);
                goOn();
            }
            places = store.places();
            return logs.openGathering(this::isMine, partition -> {
                Place place = places.get(partition);
                return place == null ? LogReader.FROM_BEGINNING : place.next();
            });
        }

        @Override
        public Ahead read(LogReader.Chunk chunk, LogReader reader) {
            List<Entry> entries = new ArrayList<>(chunk.deliveries().size());
            for (Delivery delivery : chunk.deliveries()) {
                entries.add(Entry.of(delivery, readers));
            }
            return new Ahead(entries, chunk.next());
        }

        @Override
        public void take(Ahead ahead) throws Overtaken {
            if (!ahead.next.isEmpty()) {
                store(ahead.entries, ahead.next);
            }
        }

        /** What PostgreSQL itself cannot take is narrowed down to the one event and set aside like any unreadable one. */
        private void store(List<Entry> entries, Map<TopicPartition, Long> next) throws Overtaken {
            Map<TopicPartition, Place> to = new HashMap<>();
            next.forEach((partition, offset) -> to.put(partition, new Place(offset, position(partition, entries))));
            try {
                int written = write(entries, to);
                Map<TopicPartition, Place> moved = new HashMap<>(places);
                moved.putAll(to);
                places = moved;
                rows.increment(written);
                asides.increment(
                        entries.stream().filter(entry -> entry.parts() == null).count());
            } catch (DatabaseException e) {
                if (e.sqlState() == null || !e.sqlState().startsWith("22")) {
                    throw e;
                }
                if (entries.size() == 1) {
                    LOG.warnf("set aside %s: %s", entries.getFirst().delivery().key(), e.getMessage());
                    store(List.of(entries.getFirst().asSetAside("PostgreSQL refuses it: " + e.sqlState())), next);
                    return;
                }
                List<Entry> first = entries.subList(0, entries.size() / 2);
                store(first, ends(first));
                store(entries.subList(entries.size() / 2, entries.size()), next);
            }
        }

        private int write(List<Entry> entries, Map<TopicPartition, Place> to) throws Overtaken {
            if (careful == 0) {
                try {
                    return store.storeNew(entries, places, to);
                } catch (Repeated e) {
                    careful = CAREFUL_CHUNKS;
                }
            }
            careful--;
            return store.storeMissing(entries, places, to);
        }

        private long position(TopicPartition partition, List<Entry> entries) {
            Place place = places.get(partition);
            long position = place == null ? -1 : place.position();
            for (Entry entry : entries) {
                Delivery delivery = entry.delivery();
                if (delivery.partition() == partition.partition()
                        && delivery.topic().equals(partition.topic())) {
                    position = Math.max(position, delivery.position());
                }
            }
            return position;
        }
    }

    private static Map<TopicPartition, Long> ends(List<Entry> entries) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Entry entry : entries) {
            Delivery delivery = entry.delivery();
            ends.put(new TopicPartition(delivery.topic(), delivery.partition()), delivery.offset() + 1);
        }
        return ends;
    }
}
