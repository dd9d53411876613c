package org.voyage.kit.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.jdbc.DriverDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Time-outs of the connections that migrate the database. Flyway opens them itself, so the settings of the pool do not
 * concern them. A migration may rebuild an index of a large table for an hour.
 */
@ApplicationScoped
class MigrationTimeouts implements FlywayConfigurationCustomizer {

    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    private static final int STATEMENT_TIMEOUT_SECONDS = 3_600;

    @Override
    public void customize(FluentConfiguration flyway) {
        if (flyway.getDataSource() instanceof DriverDataSource owner) {
            PGSimpleDataSource limited = new PGSimpleDataSource();
            limited.setUrl(owner.getUrl());
            limited.setUser(owner.getUser());
            limited.setPassword(owner.getPassword());
            limited.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
            limited.setSocketTimeout(STATEMENT_TIMEOUT_SECONDS);
            limited.setTcpKeepAlive(true);
            flyway.dataSource(limited);
        }
    }
}
