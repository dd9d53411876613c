package org.voyage.indicators;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RowSecurityCheck;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class FigureCatalogueIT {

    @Test
    void the_service_owns_nothing_and_the_keys_name_the_province() throws SQLException {
        new RowSecurityCheck("indicators")
                .allowFault("consumer_offset has no province", "how far the log is read")
                .allowFault("reader_lease has no province", "which instance reads the log")
                .allowFault("verification_run has no province", "proofs and rebuilds; operators and auditors only")
                .allowFault("knowledge has no province", "when the log was known how far")
                .allowFault(
                        "dead_letter has no province",
                        "what could not be read, so nobody knows whose it is; operators only")
                .allowFault("proof has no province", "what recomputing all figures gave; operators and auditors only")
                .allowFault("release has no province", "what goes out of the whole nation")
                .allowFault("release_sheet has no province", "what goes out of the whole nation")
                .allowFault("definition_in_force has no province", "which definitions served since when")
                .allowFault("list_in_force has no province", "which members lists had since when")
                .allowFault("geography_in_force has no province", "in which region each country was since when")
                .allowFault("plan has no province", "files that operators load; operators and auditors only")
                .allowFault("published_set has no province", "files that operators load; operators and auditors only")
                .allowFault("published_withdrawal has no province", "of files that operators load")
                .allowFault("outside_value has no province", "what readers outside see of the whole nation")
                .allowFault("outside_value_position has no province", "how far the log is read")
                .allowFault("outbox has no province", "events of the whole nation")
                .allowFault("outbox_relay has no province", "which instance sends, and how far")
                .allowFault("outbox_stopped has no province", "events of the whole nation")
                .allowFault("log_epoch has no province", "restores of the log")
                .allowFault("log_epoch_tail has no province", "restores of the log")
                .allowFault("audit_seal has no province", "hashes of entries")
                .allowFault("flyway_schema_history has no province", "says which migrations have run")
                .requireNoFaults();
    }
}
