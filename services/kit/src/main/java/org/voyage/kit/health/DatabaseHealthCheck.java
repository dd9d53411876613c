package org.voyage.kit.health;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Health check of the database over one connection of its own, with the settings of the service's pool. Requests that
 * hold the whole pool therefore do not make the service look unready. Each step ends after 2 seconds.
 */
@Readiness
@ApplicationScoped
class DatabaseHealthCheck implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(DatabaseHealthCheck.class);
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(2);

    private final AgroalDataSource requests;
    private @Nullable AgroalDataSource own;

    DatabaseHealthCheck(AgroalDataSource requests) {
        this.requests = requests;
    }

    @Override
    public synchronized HealthCheckResponse call() {
        var response = HealthCheckResponse.named("database");
        try (var connection = ownPool().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select 1");
            return response.up().build();
        } catch (SQLException e) {
            LOG.debug("The database does not answer", e);
            return response.down().withData("failure", describe(e)).build();
        }
    }

    @PreDestroy
    synchronized void close() {
        if (own != null) {
            own.close();
            own = null;
        }
    }

    /** Returns the SQL state; a message may name hosts and roles. */
    private static String describe(SQLException e) {
        return e.getSQLState() == null ? "no connection within " + STEP_TIMEOUT.toSeconds() + " s" : e.getSQLState();
    }

    private AgroalDataSource ownPool() throws SQLException {
        if (own == null) {
            var factory =
                    requests.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
            own = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(new AgroalConnectionPoolConfigurationSupplier()
                            .connectionFactoryConfiguration(copyOf(factory))
                            .maxSize(1)
                            .acquisitionTimeout(STEP_TIMEOUT)
                            // After any failure the next check opens a new connection.
                            .exceptionSorter(failure -> true)
                            .get()));
        }
        return own;
    }

    /** Returns a copy with time-outs. The copy constructor of Agroal would share the properties of the original. */
    private static AgroalConnectionFactoryConfigurationSupplier copyOf(AgroalConnectionFactoryConfiguration factory) {
        var copy = new AgroalConnectionFactoryConfigurationSupplier()
                .jdbcUrl(factory.jdbcUrl())
                .connectionProviderClass(factory.connectionProviderClass())
                .principal(factory.principal())
                .loginTimeout(STEP_TIMEOUT);
        factory.credentials().forEach(copy::credential);
        factory.securityProviders().forEach(copy::addSecurityProvider);
        for (var name : factory.jdbcProperties().stringPropertyNames()) {
            copy.jdbcProperty(name, factory.jdbcProperties().getProperty(name));
        }
        return copy.jdbcProperty("connectTimeout", "" + STEP_TIMEOUT.toSeconds())
                .jdbcProperty("socketTimeout", "" + STEP_TIMEOUT.toSeconds());
    }
}
