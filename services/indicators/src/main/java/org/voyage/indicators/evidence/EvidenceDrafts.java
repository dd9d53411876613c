package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Layouts;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.DatabaseException;

/** Begins drafts of the evidence. */
@ApplicationScoped
public class EvidenceDrafts {

    private final DataSource dataSource;
    private final Layouts layouts;

    EvidenceDrafts(DataSource dataSource, Layouts layouts) {
        this.dataSource = dataSource;
        this.layouts = layouts;
    }

    /** An empty one; it holds a connection until it is closed. */
    public EvidenceDraft open() {
        try {
            Connection connection = DatabaseScope.runForAllProvinces(() -> dataSource.getConnection());
            try {
                return new EvidenceDraft(connection, new FactReaders(layouts, new Dictionaries()));
            } catch (DatabaseException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
