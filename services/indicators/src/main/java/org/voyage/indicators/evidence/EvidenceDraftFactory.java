package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.DatabaseTimeout;

/** Factory of evidence drafts. */
@ApplicationScoped
public class EvidenceDraftFactory {

    private final DataSource dataSource;
    private final RecordLayoutRegistry layouts;

    EvidenceDraftFactory(DataSource dataSource, RecordLayoutRegistry layouts) {
        this.dataSource = dataSource;
        this.layouts = layouts;
    }

    /** Opens an empty draft; it holds a connection until it is closed. */
    public EvidenceDraft openDraft() {
        try {
            Connection connection = DatabaseTimeout.runWithTimeout(
                    DatabaseTimeout.LONG_WORK,
                    () -> DatabaseScope.runForAllProvinces(() -> dataSource.getConnection()));
            try {
                return new EvidenceDraft(connection, new FactReaderRegistry(layouts, new DictionaryRegistry()));
            } catch (DatabaseException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
