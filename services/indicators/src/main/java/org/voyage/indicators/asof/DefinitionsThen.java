package org.voyage.indicators.asof;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Definitions;
import org.voyage.indicators.indicator.Figure;
import org.voyage.kit.web.Refusal;

/** By which definitions the figures were computed at a moment: noted at each start of the service. */
@ApplicationScoped
public class DefinitionsThen {

    private static final Logger LOG = Logger.getLogger(DefinitionsThen.class);
    private static final String NOTE = """
            insert into definition_in_force (code, since, content)
            select ?, clock_timestamp(), ?
             where (select content from definition_in_force where code = ? order by since desc limit 1)
                   is distinct from ?
            """;
    /** Before the first note the first one held. */
    private static final String AT = """
            select distinct on (code) code, content from definition_in_force
             order by code, since > ?, case when since <= ? then since end desc nulls last, since
            """;

    private final DataSource dataSource;
    private final Definitions definitions;

    DefinitionsThen(DataSource dataSource, Definitions definitions) {
        this.dataSource = dataSource;
        this.definitions = definitions;
    }

    void note(@Observes StartupEvent start) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(NOTE)) {
            for (Map.Entry<String, byte[]> file : definitions.files().entrySet()) {
                statement.setString(1, file.getKey());
                statement.setBytes(2, file.getValue());
                statement.setString(3, file.getKey());
                statement.setBytes(4, file.getValue());
                statement.executeUpdate();
            }
        }
    }

    /**
     * The figure as it was defined then; empty when it was not there, or its definition cannot be read any more.
     *
     * @throws Refusal.Unavailable when the database cannot be read
     */
    public Optional<Figure> figure(String code, Instant moment) {
        try {
            return Definitions.of(files(moment)).catalogue().find(code);
        } catch (BadDefinition e) {
            LOG.warnf("the definitions of %s cannot be read any more: %s", moment, e.getMessage());
            return Optional.empty();
        } catch (SQLException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private Map<String, byte[]> files(Instant moment) throws SQLException {
        OffsetDateTime at = moment.atOffset(ZoneOffset.UTC);
        Map<String, byte[]> files = new TreeMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(AT)) {
            statement.setObject(1, at);
            statement.setObject(2, at);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    files.put(row.getString(1), row.getBytes(2));
                }
            }
        }
        return files;
    }
}
