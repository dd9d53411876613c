package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.Offsets.Overtaken;
import org.voyage.indicators.evidence.Offsets.Place;
import org.voyage.indicators.intake.Delivery;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** How far a reader of other topics than those of the records has come, moved in the transaction of what it stores. */
@ApplicationScoped
public class Progress {

    static final String SET_ASIDE = "set_aside";

    private static final String HEAL = """
            update set_aside s set healed_offset = told.kafka_offset
              from unnest(?, ?, ?, ?) told (topic, partition, kafka_offset, key)
             where s.key = told.key and s.healed_offset is null
               and (s.topic, s.partition) = (told.topic, told.partition) and s.kafka_offset < told.kafka_offset
            """;
    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final long AT_THE_LATEST_MILLIS = 320;

    private final JdbcClient database;
    private final JdbcClient everything;

    Progress(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
        this.everything = new JdbcClient(() -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
    }

    /** What is stored with a step. */
    public interface Step {
        void store(JdbcClient database);
    }

    /** Another reader has moved on meanwhile; nothing was stored. */
    public static final class Behind extends Exception {
        Behind() {
            super("another reader was faster", null, false, false);
        }
    }

    /** The offset of the next event, by partition. */
    public Map<TopicPartition, Long> next() {
        return each(Place::next);
    }

    /** The largest outbox position that was read and stored, by partition; -1 before the first. */
    public Map<TopicPartition, Long> positions() {
        return each(Place::position);
    }

    /**
     * Looks again until it holds, the less often the longer it waits: what it waits for is written by who answers it.
     *
     * @param deadline of {@link System#nanoTime}
     * @return false when that comes first
     */
    public boolean await(BooleanSupplier condition, long deadline) throws InterruptedException {
        long pause = LOOK_AGAIN_MILLIS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(2 * pause, AT_THE_LATEST_MILLIS);
        }
        return true;
    }

    private Map<TopicPartition, Long> each(Function<Place, Long> of) {
        Map<TopicPartition, Long> each = new HashMap<>();
        Offsets.load(database).forEach((partition, place) -> each.put(partition, of.apply(place)));
        return each;
    }

    /** Stores a step and moves on, both or neither. */
    public void step(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, Step step) throws Behind {
        try {
            everything.inTransaction(client -> {
                Offsets.move(client, places(from), places(to));
                step.store(client);
                return true;
            });
        } catch (Overtaken e) {
            throw new Behind();
        }
    }

    /** Keeps what could not be read, byte for byte. */
    public static void setAside(JdbcClient database, Delivery delivery, String reason) {
        setAside(database, SET_ASIDE, List.of(Entry.setAside(delivery, reason)));
    }

    /**
     * Keeps those that could not be read.
     *
     * @param table {@link #SET_ASIDE}, or one like it
     */
    static void setAside(JdbcClient database, String table, List<Entry> entries) {
        List<@Nullable Object[]> unreadable = entries.stream()
                .filter(entry -> entry.parts() == null)
                .map(Progress::row)
                .toList();
        if (!unreadable.isEmpty()) {
            database.updateBatch(
                    "insert into " + table + " (topic, partition, kafka_offset, record, key, content, reason)"
                            + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                    unreadable);
        }
    }

    private static @Nullable Object[] row(Entry entry) {
        Delivery delivery = entry.delivery();
        String key = delivery.key();
        return new @Nullable Object[] {
            delivery.topic(),
            delivery.partition(),
            delivery.offset(),
            delivery.record(),
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            delivery.bytes(),
            entry.reason().replace('\0', ' ')
        };
    }

    /**
     * Notes of what was set aside that later events of its keys were read.
     *
     * @param newest each the newest word about its key
     */
    public static void heal(JdbcClient database, List<Delivery> newest) {
        Partitions places = new Partitions();
        List<byte[]> keys = new ArrayList<>();
        for (Delivery delivery : newest) {
            String key = delivery.key();
            if (key != null) {
                places.add(new TopicPartition(delivery.topic(), delivery.partition()), delivery.offset());
                keys.add(key.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (!places.isEmpty()) {
            database.update(HEAL, places.columnsAnd(new SqlArray("bytea", keys.toArray(byte[][]::new))));
        }
    }

    private static Map<TopicPartition, Place> places(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Place> places = new HashMap<>();
        offsets.forEach((partition, offset) -> places.put(partition, new Place(offset, -1)));
        return places;
    }
}
