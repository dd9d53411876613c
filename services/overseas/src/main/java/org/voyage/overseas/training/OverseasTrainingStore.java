package org.voyage.overseas.training;

import jakarta.enterprise.context.ApplicationScoped;
import javax.sql.DataSource;
import org.voyage.overseas.VersionedTable;

/** Where overseas trainings are kept. */
@ApplicationScoped
public class OverseasTrainingStore {

    private final VersionedTable<OverseasTraining> table;

    OverseasTrainingStore(DataSource dataSource) {
        this.table = new VersionedTable<>(dataSource, "overseas_training", new OverseasTrainingJson());
    }

    VersionedTable<OverseasTraining> table() {
        return table;
    }
}
