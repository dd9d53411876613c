package org.voyage.indicators.asof;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Notes what starts of the service with other files would note. */
public final class Noted {

    private final DataSource database;

    public Noted(DataSource database) {
        this.database = database;
    }

    /** @param yaml the file that serves from now on */
    public void definition(String code, String yaml) throws SQLException {
        note("definition_in_force", code, yaml);
    }

    /** @param members the memberships from now on, a line for each */
    public void list(String code, String members) throws SQLException {
        note("list_in_force", code, members);
    }

    /** @param places the regions of all countries from now on, a line for each country */
    public void geography(String places) throws SQLException {
        note("geography_in_force", "countries", places);
    }

    private void note(String table, String code, String content) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into " + table + " (code, since, content) values (?, clock_timestamp(), ?)")) {
            statement.setString(1, code);
            statement.setBytes(2, content.getBytes(StandardCharsets.UTF_8));
            statement.executeUpdate();
        }
    }
}
