package org.voyage.kit.access;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.Arc;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Tells the database on whose behalf a connection is taken from the pool; its row-level security goes by it. No caller and
 * no {@link DatabaseScope}: nothing is seen.
 *
 * <p>Nothing is said when the connection was told the same before. It is told outside of any transaction, so that no
 * rollback takes it back and what is remembered here is what holds there.
 */
@Singleton
public class RowLevelSecurityInterceptor implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(RowLevelSecurityInterceptor.class);
    private static final String NO_ROWS = "";

    private final Caller caller;
    private final Map<Connection, String> told = Collections.synchronizedMap(new WeakHashMap<>());

    RowLevelSecurityInterceptor(Caller caller) {
        this.caller = caller;
    }

    @Override
    public void onConnectionAcquire(Connection pooled) {
        var scope = currentScope();
        try {
            // The connection itself: the pool's refuses to leave the transaction that it was taken for.
            var connection = (Connection) pooled.unwrap(PGConnection.class);
            if (!scope.equals(told.get(connection))) {
                told.remove(connection);
                setScopeOrClose(connection, scope);
            }
        } catch (SQLException e) {
            throw new ScopeNotSetException(e);
        }
    }

    /**
     * A connection that cannot be told is closed: its next statement fails as on any lost connection, and only such a
     * failure makes the pool give it up. One refused here would be handed out again and again.
     */
    private void setScopeOrClose(Connection connection, String scope) throws SQLException {
        try {
            setScope(connection, scope);
            told.put(connection, scope);
        } catch (SQLException e) {
            LOG.debugf("A connection is given up: %s", e.toString());
            connection.close();
        }
    }

    private static void setScope(Connection connection, String scope) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (var statement = connection.prepareStatement("select set_config('voyage.scope', ?, false)")) {
            statement.setString(1, scope);
            statement.execute();
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private String currentScope() {
        return DatabaseScope.connectionSetting().orElseGet(this::scopeOfCaller);
    }

    private String scopeOfCaller() {
        if (!Arc.container().requestContext().isActive()) {
            return NO_ROWS;
        }
        try {
            return caller.visibleScope().map(DatabaseScope::settingOf).orElse(NO_ROWS);
        } catch (RuntimeException e) {
            // A token that does not verify is answered with 401 where it is asked for; here it only gives no rights.
            LOG.debugf("No scope: %s", e.toString());
            return NO_ROWS;
        }
    }

    /** The connection cannot be used. */
    static final class ScopeNotSetException extends RuntimeException {
        ScopeNotSetException(SQLException cause) {
            super("the scope could not be set", cause);
        }
    }
}
