package org.voyage.kit.audit;

import io.quarkus.arc.Arc;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;

/** Where a service leaves what was done; see the package for what is guaranteed. */
@ApplicationScoped
@IfBuildProperty(name = "voyage.audit.enabled", stringValue = "true", enableIfMissing = true)
public class Audit {
    private static final String INSERT = """
            insert into audit_entry (action, outcome, record, province, object, actor, roles, address, request_id, details)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final DataSource dataSource;
    private final TransactionSynchronizationRegistry transaction;
    private final CurrentVertxRequest request;
    private final Caller caller;
    private final AuditConfig config;

    Audit(
            DataSource dataSource,
            TransactionSynchronizationRegistry transaction,
            CurrentVertxRequest request,
            Caller caller,
            AuditConfig config) {
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.request = request;
        this.caller = caller;
        this.config = config;
    }

    /**
     * Puts an entry into the caller's transaction: it is there if and only if the change is.
     *
     * @throws IllegalStateException when no transaction is active, or nobody can be named who did it
     * @throws AuditUnavailable if it cannot be written
     */
    public void append(AuditEntry entry) {
        if (transaction.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("A change is audited in its own transaction, or not at all.");
        }
        insert(entry, origin(entry));
    }

    /**
     * Puts an entry into the trail in a transaction of its own: for what changes nothing, a refusal or a read. It is
     * stored when this returns; what it tells of must not go on if it throws.
     *
     * @throws IllegalStateException when nobody can be named who did it
     * @throws AuditUnavailable if it cannot be written
     */
    public void note(AuditEntry entry) {
        note(entry, origin(entry));
    }

    void note(AuditEntry entry, AuditOrigin origin) {
        QuarkusTransaction.requiringNew().timeout(seconds()).run(() -> {
            limitWaiting();
            insert(entry, origin);
        });
    }

    /** Of this transaction only: a caller waits for the answer. */
    private void limitWaiting() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select set_config('statement_timeout', ?, true)")) {
            statement.setString(1, Long.toString(config.noteTimeout().toMillis()));
            statement.execute();
        } catch (SQLException e) {
            throw new AuditUnavailable("write", e);
        }
    }

    private AuditOrigin origin(AuditEntry entry) {
        @Nullable RoutingContext current = Arc.container().requestContext().isActive() ? request.getCurrent() : null;
        if (current != null) {
            return AuditOrigin.of(caller, current);
        }
        if (entry.background() == null) {
            throw new IllegalStateException("Outside of a request an entry says itself who did it.");
        }
        return AuditOrigin.of(entry.background());
    }

    private void insert(AuditEntry entry, AuditOrigin origin) {
        @Nullable Province province = entry.province();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, entry.action());
            statement.setString(2, entry.outcome().code());
            statement.setString(3, entry.record());
            statement.setString(4, province == null ? null : province.code());
            statement.setString(5, entry.object());
            statement.setString(6, origin.actor());
            statement.setString(7, origin.roles());
            statement.setString(8, origin.address());
            statement.setString(9, origin.requestId());
            statement.setString(10, entry.details());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AuditUnavailable("write", e);
        }
    }

    private int seconds() {
        return Math.toIntExact(Math.max(1, config.noteTimeout().toSeconds()));
    }
}
