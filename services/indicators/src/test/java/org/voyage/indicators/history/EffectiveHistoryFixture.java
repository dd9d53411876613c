package org.voyage.indicators.history;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Fixture that records the history of starts of the service with other files. */
public final class EffectiveHistoryFixture {

    private final DataSource database;

    public EffectiveHistoryFixture(DataSource database) {
        this.database = database;
    }

    /** @param yaml definition in force from now on */
    public void recordDefinition(String code, String yaml) throws SQLException {
        recordEntry("definition_in_force", code, yaml);
    }

    /** @param members memberships from now on, one per line */
    public void recordList(String code, String members) throws SQLException {
        recordEntry("list_in_force", code, members);
    }

    /** @param places regions of all countries from now on, one country per line */
    public void recordGeography(String places) throws SQLException {
        recordEntry("geography_in_force", "countries", places);
    }

    private void recordEntry(String table, String code, String content) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into " + table + " (code, since, content) values (?, clock_timestamp(), ?)")) {
            statement.setString(1, code);
            statement.setBytes(2, content.getBytes(StandardCharsets.UTF_8));
            statement.executeUpdate();
        }
    }
}
