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
 * no {@link Scopes}: nothing is seen.
 *
 * <p>Nothing is said when the connection was told the same before. It is told outside of any transaction, so that no
 * rollback takes it back and what is remembered here is what holds there.
 */
@Singleton
public class ScopeOnConnection implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(ScopeOnConnection.class);
    private static final String NOTHING = "";

    private final Caller caller;
    private final Map<Connection, String> told = Collections.synchronizedMap(new WeakHashMap<>());

    ScopeOnConnection(Caller caller) {
        this.caller = caller;
    }

    @Override
    public void onConnectionAcquire(Connection pooled) {
        var scope = scope();
        try {
            // The connection itself: the pool's refuses to leave the transaction that it was taken for.
            var connection = (Connection) pooled.unwrap(PGConnection.class);
            if (!scope.equals(told.get(connection))) {
                told.remove(connection);
                tellOrClose(connection, scope);
            }
        } catch (SQLException e) {
            throw new ScopeNotSet(e);
        }
    }

    /**
     * A connection that cannot be told is closed: its next statement fails as on any lost connection, and only such a
     * failure makes the pool give it up. One refused here would be handed out again and again.
     */
    private void tellOrClose(Connection connection, String scope) throws SQLException {
        try {
            tell(connection, scope);
            told.put(connection, scope);
        } catch (SQLException e) {
            LOG.debugf("A connection is given up: %s", e.toString());
            connection.close();
        }
    }

    private static void tell(Connection connection, String scope) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (var statement = connection.prepareStatement("select set_config('voyage.scope', ?, false)")) {
            statement.setString(1, scope);
            statement.execute();
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private String scope() {
        return Scopes.chosen().orElseGet(this::ofCaller);
    }

    private String ofCaller() {
        if (!Arc.container().requestContext().isActive()) {
            return NOTHING;
        }
        try {
            return caller.sees().map(Scopes::setting).orElse(NOTHING);
        } catch (RuntimeException e) {
            // A token that does not verify is answered with 401 where it is asked for; here it only gives no rights.
            LOG.debugf("No scope: %s", e.toString());
            return NOTHING;
        }
    }

    /** The connection cannot be used. */
    static final class ScopeNotSet extends RuntimeException {
        ScopeNotSet(SQLException cause) {
            super("the scope could not be set", cause);
        }
    }
}
