package org.voyage.kit.record;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scopes;
import org.voyage.kit.audit.RefusalCount;
import org.voyage.kit.database.SqlArray;
import org.voyage.kit.database.Trip;
import org.voyage.kit.outbox.OutboxConfig;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishedRecord;

/**
 * Tells how much of what bureaus sent is no record: what waits now, be it of files or of single writes, and the single
 * writes that were refused. It looks about once a second whether anything was written, and tells what has changed.
 */
@ApplicationScoped
@IfBuildProperty(name = "voyage.records.enabled", stringValue = "true", enableIfMissing = true)
class OutstandingRecords implements RepublishedRecord, RefusalCount {

    private static final Logger LOG = Logger.getLogger(OutstandingRecords.class);

    /** One instance at a time: an older count must not come after a newer one. */
    private static final String ALONE = "select pg_try_advisory_xact_lock(7304, 0), audit_horizon()";

    private static final String REFUSED = "insert into refused_write values (?, ?, nullif(?, 0))";
    private static final String TAKE_REFUSED = """
            with taken as (delete from refused_write returning *)
            select province, record, year, count(*) from taken group by province, record, year""";
    private static final String WAITING = """
            select p.province, p.record,
                   case when p.body ->> f.field ~ '^(19[4-9]|20[0-9])[0-9]' then left(p.body ->> f.field, 4)::int end,
                   count(*)
              from parked_row p left join unnest(?::text[], ?::text[]) as f (record, field) using (record)
             group by 1, 2, 3""";

    /** After a look it rests so many times as long: over a million rows that wait one takes a second. */
    private static final int RESTS = 10;

    private final Records<Outstanding> records;
    private final Instance<Commands<?>> commands;
    private final DataSource dataSource;
    private final String service;
    /** How far the audit trail was settled at the last look: whatever is outstanding otherwise left an entry behind it. */
    private long seen = -1;
    /** Until when it does not look. */
    private long rests = System.nanoTime();

    OutstandingRecords(
            RecordTools tools, @Any Instance<Commands<?>> commands, DataSource dataSource, OutboxConfig config) {
        this.service = config.service();
        this.records =
                new Records<>(new RecordType<>(service, "outstanding", "outstanding", new OutstandingJson()), tools);
        this.commands = commands;
        this.dataSource = dataSource;
    }

    /** By province and record, under its name, how many there are of each year; the key is null for those that say none. */
    private static final class Counts {

        private final Map<RecordKey, Map<@Nullable Integer, Long>> its = new HashMap<>();

        void read(ResultSet rows) throws SQLException {
            while (rows.next()) {
                its.computeIfAbsent(
                                new RecordKey(Province.of(rows.getString(1)), rows.getString(2)),
                                key -> new HashMap<>())
                        .put(rows.getObject(3, Integer.class), rows.getLong(4));
            }
        }

        Set<RecordKey> keys() {
            return its.keySet();
        }

        Map<@Nullable Integer, Long> of(RecordKey key) {
            return its.getOrDefault(key, Map.of());
        }
    }

    @Override
    public void count(String record, Province province, @Nullable Integer year, Trip trip) {
        trip.tell(REFUSED, province.code(), record, year == null ? 0 : year);
    }

    @Scheduled(
            every = "${voyage.outstanding.every:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void tell() {
        long begun = System.nanoTime();
        if (begun - rests < 0) {
            return;
        }
        try {
            seen = Scopes.everything(() -> Transactions.run(this::tellWhatChanged));
        } catch (RuntimeException e) {
            LOG.warnf("What is outstanding cannot be told, will try again: %s", e.toString());
        }
        long ended = System.nanoTime();
        rests = ended + RESTS * (ended - begun);
    }

    /** @return how far the audit trail was settled before it looked */
    private long tellWhatChanged() {
        long settled = settled();
        if (settled > seen) {
            Counts waiting = new Counts();
            Counts refused = new Counts();
            Map<String, String> fields = yearFields();
            Trip trip = new Trip();
            trip.ask(WAITING, waiting::read, SqlArray.ofTexts(fields.keySet()), SqlArray.ofTexts(fields.values()));
            trip.ask(TAKE_REFUSED, refused::read);
            trip.make(dataSource);
            List<Sent<Outstanding>> changed = changed(waiting, refused);
            if (!changed.isEmpty()) {
                records.write(changed, Writing.KEPT, (one, changes) -> changes.send(one))
                        .requireNoneRefused();
            }
        }
        return settled;
    }

    /** Nothing new when another instance is at it. */
    private long settled() {
        long[] settled = {seen};
        Trip trip = new Trip();
        trip.ask(ALONE, row -> {
            row.next();
            settled[0] = row.getBoolean(1) ? row.getLong(2) : seen;
        });
        trip.make(dataSource);
        return settled[0];
    }

    private List<Sent<Outstanding>> changed(Counts waiting, Counts refused) {
        Map<RecordKey, Outstanding> told =
                records.standing(new Conditions()).stream().collect(Collectors.toMap(Version::key, Version::record));
        Set<RecordKey> keys = new TreeSet<>(told.keySet());
        keys.addAll(waiting.keys());
        keys.addAll(refused.keys());
        Cause cause = Cause.tally(service);
        List<Sent<Outstanding>> changed = new ArrayList<>();
        for (RecordKey key : keys) {
            Outstanding before = told.getOrDefault(key, Outstanding.NOTHING);
            Outstanding now = before.now(waiting.of(key), refused.of(key));
            if (!now.equals(before)) {
                changed.add(Sent.state(key, now, cause));
            }
        }
        return changed;
    }

    /** By record the field that begins with the year that it is about. */
    private Map<String, String> yearFields() {
        Map<String, String> fields = new HashMap<>();
        for (Commands<?> its : commands) {
            RecordType<?> type = its.records().type();
            if (type.about() != null) {
                fields.put(type.name(), type.about().field());
            }
        }
        return fields;
    }

    @Override
    public String record() {
        return records.type().name();
    }

    @Override
    public List<OutgoingEvent> page(Optional<String> after, int limit, String actor) {
        return records.republished(after, limit, actor);
    }
}
