package org.voyage.kit.access;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.Arc;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.voyage.kit.database.DatabaseTimeout;

/**
 * Interceptor of the connection pool that sets the caller's scope on each connection for row-level security. Without a
 * caller and without a {@link DatabaseScope} the connection shows no rows. It also sets how long the connection waits
 * for an answer ({@link DatabaseTimeout}).
 *
 * <p>The interceptor skips a connection that already has the scope. It sets the scope outside of any transaction, so
 * that no rollback undoes it and the remembered scope is the one of the connection.
 */
@Singleton
public class RowLevelSecurityInterceptor implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(RowLevelSecurityInterceptor.class);

    private static final String SET_SCOPE_SQL =
            "select set_config('voyage.scope', ?, false), set_config('voyage.alliance', ?, false)";
    private static final Duration FLUSH_PAUSE = Duration.ofSeconds(1);

    private final Caller caller;
    private final Instance<AgroalDataSource> pool;
    private final Duration answerTimeout;
    private final AtomicLong flushedAt = new AtomicLong(System.nanoTime() - FLUSH_PAUSE.toNanos());
    private final Map<Connection, ConnectionScope> scopeByConnection = Collections.synchronizedMap(new WeakHashMap<>());

    RowLevelSecurityInterceptor(
            Caller caller,
            Instance<AgroalDataSource> pool,
            @ConfigProperty(name = "voyage.database.answer-timeout", defaultValue = "30s") Duration answerTimeout) {
        this.caller = caller;
        this.pool = pool;
        this.answerTimeout = answerTimeout;
    }

    @Override
    public void onConnectionAcquire(Connection pooled) {
        var scope = currentScope();
        try {
            // The connection itself: the pool's refuses to leave the transaction that it was taken for.
            var connection = (Connection) pooled.unwrap(PGConnection.class);
            connection.setNetworkTimeout(
                    Runnable::run,
                    Math.toIntExact(DatabaseTimeout.declaredTimeout()
                            .orElse(answerTimeout)
                            .toMillis()));
            if (!scope.equals(scopeByConnection.get(connection))) {
                scopeByConnection.remove(connection);
                setScopeOrClose(connection, scope);
            }
        } catch (SQLException e) {
            throw new ScopeNotSetException(e);
        }
    }

    /**
     * Replaces the other connections after one that the driver has closed: whatever ended that one, a hang or the loss of
     * the server, has probably ended them. Idle ones are replaced now, those in use when they return. Each would otherwise
     * fail one more request, after the same wait.
     */
    @Override
    public void onConnectionDestroy(Connection connection) {
        try {
            long now = System.nanoTime();
            long before = flushedAt.get();
            if (connection.isClosed()
                    && now - before >= FLUSH_PAUSE.toNanos()
                    && flushedAt.compareAndSet(before, now)) {
                pool.get().flush(AgroalDataSource.FlushMode.GRACEFUL);
            }
        } catch (SQLException | RuntimeException e) {
            // Also at the end of the service, when there is no pool any more.
            LOG.debugf("Connections are kept: %s", e.toString());
        }
    }

    /**
     * Sets the scope, or closes the connection if that fails. The next statement on a closed connection fails like on a
     * lost one, and only such a failure makes the pool discard it. The pool would hand out a connection that is only
     * refused here again and again.
     */
    private void setScopeOrClose(Connection connection, ConnectionScope scope) throws SQLException {
        try {
            setScope(connection, scope);
            scopeByConnection.put(connection, scope);
        } catch (SQLException e) {
            LOG.debugf("A connection is given up: %s", e.toString());
            connection.close();
        }
    }

    private static void setScope(Connection connection, ConnectionScope scope) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (var statement = connection.prepareStatement(SET_SCOPE_SQL)) {
            statement.setString(1, scope.provinces());
            statement.setString(2, scope.alliance());
            statement.execute();
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private ConnectionScope currentScope() {
        return DatabaseScope.connectionScope().orElseGet(this::scopeOfCaller);
    }

    private ConnectionScope scopeOfCaller() {
        if (!Arc.container().requestContext().isActive()) {
            return ConnectionScope.NOTHING;
        }
        try {
            return caller.connectionScope();
        } catch (RuntimeException e) {
            // A token that does not verify is answered with 401 by the authentication; here it only gives no rights.
            LOG.debugf("No scope: %s", e.toString());
            return ConnectionScope.NOTHING;
        }
    }

    /** Failure to set the scope of a connection, which is then unusable. */
    static final class ScopeNotSetException extends RuntimeException {
        ScopeNotSetException(SQLException cause) {
            super("the scope could not be set", cause);
        }
    }
}
