package org.voyage.kit.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Start-up check of the database role in production (profile {@code prod}). The service does not start with a role that
 * row-level security does not bind, or that could switch it off: a superuser, or the owner of the tables. Flyway
 * silently uses the service's own role when {@code quarkus.flyway.password} is missing.
 */
@ApplicationScoped
public class DatabaseGuard {
    private static final String UNBOUND_ROLE_SQL = """
            select (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
                or exists (select from pg_class where relnamespace = 'public'::regnamespace
                             and pg_has_role(current_user, relowner, 'member'))""";

    private final DataSource dataSource;

    DatabaseGuard(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void check(@Observes StartupEvent start) throws SQLException {
        if (ConfigUtils.isProfileActive("prod")) {
            try (Connection connection = dataSource.getConnection()) {
                requireBound(connection);
            }
        }
    }

    /**
     * Requires that row-level security binds the role of the connection.
     *
     * @throws IllegalStateException if row-level security does not bind the role
     */
    public static void requireBound(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(UNBOUND_ROLE_SQL)) {
            row.next();
            if (row.getBoolean(1)) {
                throw new IllegalStateException(
                        "The role " + connection.getMetaData().getUserName()
                                + " is a superuser or owns tables: quarkus.datasource.username must be a role that owns nothing,"
                                + " quarkus.flyway.username and quarkus.flyway.password the owner's.");
            }
        }
    }
}
