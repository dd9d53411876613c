package org.voyage.overseas.headcount;

import jakarta.enterprise.context.ApplicationScoped;
import javax.sql.DataSource;
import org.voyage.overseas.VersionedTable;

/** Where overseas headcounts are kept. */
@ApplicationScoped
public class OverseasHeadcountStore {

    private final VersionedTable<OverseasHeadcount> table;

    OverseasHeadcountStore(DataSource dataSource) {
        this.table = new VersionedTable<>(dataSource, "overseas_headcount", new OverseasHeadcountJson());
    }

    VersionedTable<OverseasHeadcount> table() {
        return table;
    }
}
