package org.voyage.overseas.school;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.voyage.overseas.RecordKey;
import org.voyage.overseas.VersionedTable;

/** Where overseas schools are kept. */
@ApplicationScoped
public class OverseasSchoolStore {

    private final VersionedTable<OverseasSchool> table;

    OverseasSchoolStore(DataSource dataSource) {
        this.table = new VersionedTable<>(dataSource, "overseas_school", new OverseasSchoolJson());
    }

    VersionedTable<OverseasSchool> table() {
        return table;
    }

    /** Which of the schools stand; they cannot be withdrawn until the transaction ends. */
    public Set<RecordKey> standing(Collection<RecordKey> schools) {
        Set<RecordKey> standing = new HashSet<>();
        table.share(schools).values().forEach(school -> {
            if (!school.withdrawn()) {
                standing.add(school.key());
            }
        });
        return standing;
    }
}
