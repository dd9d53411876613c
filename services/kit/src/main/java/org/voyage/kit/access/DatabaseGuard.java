package org.voyage.kit.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Keeps a service in production (profile {@code prod}) from working with a database role that row-level security does not
 * bind, or that could switch it off: a superuser, or the owner of the tables. Flyway takes the service's own role without
 * a word when {@code quarkus.flyway.password} is forgotten.
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

    /** @throws IllegalStateException if the role of the connection is not bound by row-level security */
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
