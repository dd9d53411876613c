package org.voyage.kit.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class AuditChainIT {
    @Inject
    @SuppressWarnings("NullAway.Init")
    AuditTrail audit;

    @Inject
    @SuppressWarnings("NullAway.Init")
    AuditSealer sealer;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    @SuppressWarnings("NullAway.Init")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    @SuppressWarnings("NullAway.Init")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    @SuppressWarnings("NullAway.Init")
    String password;

    private static void assertIntact() {
        assertThat(AuditTrailClient.verifyChain("").getMap("")).containsEntry("verdict", "intact");
    }

    private static void assertBroken(String query, long position, String kind) {
        JsonPath verdict = AuditTrailClient.verifyChain(query);
        assertThat(verdict.getString("verdict")).isEqualTo("broken");
        assertThat(verdict.getLong("divergence.position")).isEqualTo(position);
        assertThat(verdict.getString("divergence.kind")).isEqualTo(kind);
    }

    private Connection openWriter() throws SQLException {
        Properties login = new Properties();
        login.put("user", user);
        login.put("password", password);
        login.put("options", "-c voyage.scope=all");
        Connection connection = DriverManager.getConnection(url, login);
        connection.setAutoCommit(false);
        return connection;
    }

    private static long insertEntry(Connection connection, String object) throws SQLException {
        try (var statement = connection.prepareStatement("insert into audit_entry"
                + " (position, at, action, outcome, object, actor, roles, request_id, details)"
                + " values (-1, '-infinity', 'tried', 'done', ?, 'test', '', 'r', '{}') returning position")) {
            statement.setString(1, object);
            var row = statement.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void an_entry_that_commits_late_is_neither_passed_nor_missed() throws SQLException {
        String id = AuditTrailClient.newSourceId();
        try (Connection slow = openWriter();
                Connection quick = openWriter()) {
            long first = insertEntry(slow, id);
            long second = insertEntry(quick, id);
            quick.commit();
            sealer.sealAll();
            assertThat(second).isGreaterThan(first);
            assertThat(AuditTrailClient.listAsAuditor("object=" + id).getList("items"))
                    .as("what is not settled is not shown yet")
                    .isEmpty();
            assertThat(AuditTrailClient.verifyChain("").getLong("lastPosition")).isLessThan(first);
            slow.commit();
            AuditTrailClient.awaitSealed("object=" + id);
            assertThat(AuditTrailClient.listAsAuditor("object=" + id).getList("items.position", Long.class))
                    .containsExactly(second, first);
        }
        assertIntact();
    }

    @Test
    void the_chain_holds_under_many_writers_and_two_sealers() throws Exception {
        String id = AuditTrailClient.newSourceId();
        AuditSealer other = new AuditSealer(new AuditStore(dataSource));
        List<Callable<Integer>> work = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            work.add(() -> {
                int kept = 0;
                try (Connection connection = openWriter()) {
                    for (int i = 0; i < 60; i++) {
                        int entries = 1 + random.nextInt(5);
                        for (int j = 0; j < entries; j++) {
                            insertEntry(connection, id);
                        }
                        if (random.nextInt(4) == 0) {
                            connection.rollback();
                        } else {
                            connection.commit();
                            kept += entries;
                        }
                    }
                }
                return kept;
            });
        }
        for (AuditSealer one : List.of(sealer, other)) {
            work.add(() -> {
                for (int i = 0; i < 100; i++) {
                    one.sealBatch();
                }
                return 0;
            });
        }
        int kept = 0;
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Integer> done : threads.invokeAll(work)) {
                kept += done.get();
            }
        }
        assertThat(kept).isPositive();
        AuditTrailClient.awaitSealed("object=" + id);
        try (Connection connection = openWriter();
                var statement = connection.prepareStatement(
                        "select count(*) from audit_entry join audit_seal using (position) where object = ?")) {
            statement.setString(1, id);
            var row = statement.executeQuery();
            row.next();
            assertThat(row.getInt(1)).isEqualTo(kept);
        }
        assertIntact();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at = at + interval '1 us'",
                "action = 'changer'",
                "outcome = 'done '",
                "record = null",
                "province = '32'",
                "object = 'other'",
                "actor = 'bureau-32'",
                "roles = ''",
                "address = '192.0.2.1'",
                "request_id = 'r'",
                "details = '{}'"
            })
    void a_changed_entry_is_found(String change) throws SQLException {
        long position = AuditTrailClient.awaitNewSeal(sealer);
        AuditTrailClient.awaitNewSeal(sealer);
        String column = change.substring(0, change.indexOf(' '));
        AuditTrailClient.tamper(
                "create table kept as select * from audit_entry where position = " + position,
                "update audit_entry set " + change + " where position = " + position);
        assertBroken("", position, "changed");
        AuditTrailClient.tamper(
                "update audit_entry set %1$s = (select %1$s from kept) where position = %2$d"
                        .formatted(column, position),
                "drop table kept");
        assertIntact();
    }

    @Test
    void a_deleted_entry_is_found_with_its_seal_or_without() throws SQLException {
        long before = AuditTrailClient.awaitNewSeal(sealer);
        long position = AuditTrailClient.awaitNewSeal(sealer);
        long after = AuditTrailClient.awaitNewSeal(sealer);
        AuditTrailClient.tamper(
                "create table kept_entry as select * from audit_entry where position = " + position,
                "create table kept_seal as select * from audit_seal where position = " + position,
                "delete from audit_entry where position = " + position);
        assertBroken("", position, "deleted");
        AuditTrailClient.tamper("delete from audit_seal where position = " + position);
        assertBroken("?from=" + before, after, "changed");
        AuditTrailClient.tamper(
                "insert into audit_entry select * from kept_entry",
                "insert into audit_seal select * from kept_seal",
                "drop table kept_entry, kept_seal");
        assertIntact();
    }

    @Test
    void an_inserted_entry_is_found() throws SQLException {
        long gap;
        try (Connection connection = openWriter()) {
            gap = insertEntry(connection, AuditTrailClient.newSourceId());
            connection.rollback();
        }
        long position = AuditTrailClient.awaitNewSeal(sealer);
        AuditTrailClient.tamper(
                "insert into audit_entry select %d, at, action, outcome, record, province, object, actor, roles,"
                                .formatted(gap)
                        + " address, request_id, details from audit_entry where position = " + position);
        assertBroken("", gap, "inserted");
        AuditTrailClient.tamper("delete from audit_entry where position = " + gap);
        assertIntact();
    }

    /**
     * The genuine entry is read last and matches the seal; the key of the table allows two entries of different
     * provinces at one position.
     */
    @Test
    void an_entry_inserted_next_to_a_sealed_one_is_found() throws SQLException {
        long position = AuditTrailClient.awaitNewSeal(sealer);
        String columns = "at, action, outcome, record, object, actor, roles, address, request_id, details";
        AuditTrailClient.tamper(
                "insert into audit_entry (position, province, %2$s) select position, '99', %2$s from audit_entry where position = %1$d"
                        .formatted(position, columns));
        AuditTrailClient.tamper(
                "with genuine as (delete from audit_entry where province is distinct from '99' and position = %d returning *)"
                                .formatted(position)
                        + " insert into audit_entry select * from genuine");
        assertBroken("", position, "inserted");
        AuditTrailClient.tamper("delete from audit_entry where province = '99' and position = " + position);
        assertIntact();
    }

    @Test
    void entries_that_changed_places_are_found() throws SQLException {
        long one = AuditTrailClient.awaitNewSeal(sealer);
        long two = AuditTrailClient.awaitNewSeal(sealer);
        String swap = "update audit_entry e set object = o.object, request_id = o.request_id, at = o.at,"
                + " details = o.details from audit_entry o where e.position + o.position = %d and e.position in (%d, %d)"
                        .formatted(one + two, one, two);
        AuditTrailClient.tamper(swap);
        assertBroken("", one, "changed");
        AuditTrailClient.tamper(swap);
        assertIntact();
    }

    @Test
    void the_end_that_was_cut_off_is_found_by_a_hash_that_was_kept() throws SQLException {
        long position = AuditTrailClient.awaitNewSeal(sealer);
        JsonPath head = AuditTrailClient.verifyChain("");
        String known = "?known=" + head.getLong("lastPosition") + ":" + head.getString("lastHash");
        assertThat(head.getLong("lastPosition")).isGreaterThanOrEqualTo(position);
        assertThat(AuditTrailClient.verifyChain(known).getString("verdict")).isEqualTo("intact");
        AuditTrailClient.tamper(
                "create table kept as select * from audit_seal where position = " + head.getLong("lastPosition"));
        AuditTrailClient.tamper(
                "update audit_seal set hash = sha256('x') where position = " + head.getLong("lastPosition"));
        assertBroken(known, head.getLong("lastPosition"), "not-as-known");
        AuditTrailClient.tamper(
                "update audit_seal s set hash = k.hash from kept k where s.position = k.position", "drop table kept");
        assertThat(AuditTrailClient.verifyChain(known).getString("verdict")).isEqualTo("intact");
    }

    @Test
    void a_verification_from_a_position_begins_at_its_seal() {
        long one = AuditTrailClient.awaitNewSeal(sealer);
        long two = AuditTrailClient.awaitNewSeal(sealer);
        JsonPath verdict = AuditTrailClient.verifyChain("?from=" + one);
        assertThat(verdict.getString("verdict")).isEqualTo("intact");
        assertThat(verdict.getLong("entries")).isBetween(2L, two - one + 1);
        JsonPath beyond = AuditTrailClient.verifyChain("?from=" + Long.MAX_VALUE);
        assertThat(beyond.getLong("entries")).isZero();
        assertThat(beyond.getLong("lastPosition")).isEqualTo(verdict.getLong("lastPosition"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set actor = 'nobody'",
                "delete from audit_entry",
                "truncate audit_entry",
                "update audit_seal set position = position + 1",
                "delete from audit_seal",
                "truncate audit_seal"
            })
    void the_service_cannot_touch_what_is_written_even_if_it_is_granted(String sql) throws SQLException {
        AuditTrailClient.awaitNewSeal(sealer);
        try (Connection connection = openWriter();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("permission denied");
        }
        AuditTrailClient.tamper("grant update, delete, truncate on audit_entry, audit_seal to " + user);
        try (Connection connection = openWriter();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("append-only");
        } finally {
            AuditTrailClient.tamper("revoke update, delete, truncate on audit_entry, audit_seal from " + user);
        }
        assertIntact();
    }

    @Test
    void the_newest_hash_is_in_the_metrics() {
        AuditTrailClient.awaitNewSeal();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(RestAssured.get("/q/metrics").asString())
                        .containsPattern("voyage_audit_head\\{.*hash=\"[0-9a-f]{64}\".*} ")
                        .contains("voyage_audit_age_seconds"));
    }

    /** The hash was looked up once an hour, so after a failed first time it was missing for an hour. */
    @Test
    void the_newest_hash_is_in_the_metrics_soon_after_it_could_not_be_read() {
        var metrics = new SimpleMeterRegistry();
        var failures = new AtomicInteger(2);
        var failing = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, arguments) -> {
                    if (failures.get() > 0) {
                        failures.decrementAndGet();
                        throw new SQLException("no connection");
                    }
                    return method.invoke(dataSource, arguments);
                });
        AuditMetrics late = new AuditMetrics(new AuditStore(failing), metrics);
        while (failures.get() > 0) {
            assertThatThrownBy(late::updateGauges).isInstanceOf(DatabaseException.class);
        }

        late.updateGauges();

        assertThat(metrics.get("voyage.audit.head").gauge().getId().getTag("hash"))
                .hasSize(64);
    }

    @Test
    void work_of_many_changes_is_one_entry() {
        String batch = AuditTrailClient.newSourceId();
        List<AuditChange> changes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            changes.add(new AuditChange("12/S-" + i, i + 1, "corrected"));
        }
        AuditEntry entry =
                AuditEntry.changed("deed", Province.of("12"), batch, changes).withActor("bureau-12", "r-" + batch);
        QuarkusTransaction.requiringNew().run(() -> audit.appendEntries(entry));
        JsonPath found = AuditTrailClient.listAsAuditor("object=" + batch);
        List<List<Object>> corrected = found.getList("items[0].details.changes.corrected");
        assertThat(corrected).hasSize(1000);
        assertThat(corrected.getLast()).isEqualTo(List.of("12/S-999", 1000));
    }
}
