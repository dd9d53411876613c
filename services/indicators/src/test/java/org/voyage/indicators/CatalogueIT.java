package org.voyage.indicators;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TableCatalogue;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class CatalogueIT {

    @Test
    void the_service_owns_nothing_and_the_keys_name_the_province() throws SQLException {
        new TableCatalogue("indicators")
                .allow("consumer_offset has no province", "how far the log is read")
                .allow("knowledge has no province", "when the log was known how far")
                .allow(
                        "set_aside has no province",
                        "what could not be read, so nobody knows whose it is; operators only")
                .allow("proof has no province", "what recomputing all figures gave; operators and auditors only")
                .allow("release has no province", "what goes out of the whole nation")
                .allow("release_sheet has no province", "what goes out of the whole nation")
                .allow("definition_in_force has no province", "which definitions served since when")
                .allow("list_in_force has no province", "which members lists had since when")
                .allow("geography_in_force has no province", "in which region each country was since when")
                .allow("plan has no province", "files that operators load; operators and auditors only")
                .allow("published_set has no province", "files that operators load; operators and auditors only")
                .allow("published_withdrawal has no province", "of files that operators load")
                .allow("audit_seal has no province", "hashes of entries")
                .allow("flyway_schema_history has no province", "says which migrations have run")
                .check();
    }
}
