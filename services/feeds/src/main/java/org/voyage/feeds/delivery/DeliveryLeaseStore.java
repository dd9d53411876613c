package org.voyage.feeds.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** Store of the leases: each endpoint is served by one instance, by the clock of the database. */
@ApplicationScoped
class DeliveryLeaseStore {

    /** How long an instance holds an endpoint without renewing its lease. */
    static final Duration TERM = Duration.ofSeconds(10);

    private static final String ACQUIRE_SQL = """
            update delivery d
               set leased_by = ?, leased_until = clock_timestamp() + ? * interval '1 ms', lease_epoch = lease_epoch + 1
              from endpoint e
             where e.id = d.endpoint
               and d.endpoint in (
                   select f.endpoint from delivery f join endpoint g on g.id = f.endpoint join feed h on h.id = g.feed
                    where g.status = 'enabled' and h.deleted_at is null and f.leased_until < clock_timestamp()
                    order by random()
                    limit ?
                    for update of f skip locked)
            returning d.endpoint, d.leased_by, d.lease_epoch, e.version""";

    private static final String RENEW_SQL = """
            update delivery d set leased_until = clock_timestamp() + ? * interval '1 ms'
              from endpoint e
             where e.id = d.endpoint and e.status = 'enabled'
               and d.leased_by = ? and d.leased_until > clock_timestamp() and d.endpoint = any(?)
            returning d.endpoint, d.leased_by, d.lease_epoch, e.version""";

    private static final String RELEASE_SQL = """
            update delivery set leased_until = '-infinity' where endpoint = ? and leased_by = ? and lease_epoch = ?""";

    private final JdbcClient database;

    DeliveryLeaseStore(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Takes at most so many leases of endpoints that no instance serves. */
    List<DeliveryLease> acquire(String holder, int limit) {
        return database.query(ACQUIRE_SQL, DeliveryLeaseStore::mapLease, holder, TERM.toMillis(), limit);
    }

    /** Renews leases; those that are missing in the answer are lost, or their endpoint is not enabled any more. */
    List<DeliveryLease> renew(String holder, Collection<String> endpoints) {
        return database.query(
                RENEW_SQL,
                DeliveryLeaseStore::mapLease,
                TERM.toMillis(),
                holder,
                new SqlArray("text", endpoints.toArray()));
    }

    void release(DeliveryLease lease) {
        database.update(RELEASE_SQL, lease.endpoint(), lease.holder(), lease.epoch());
    }

    private static DeliveryLease mapLease(ResultSet row) throws SQLException {
        return new DeliveryLease(row.getString(1), row.getString(2), row.getLong(3), row.getInt(4));
    }
}
