package org.voyage.feeds.scope;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.reference.ChinaTime;

/**
 * Calendar of scopes: the day of Asia/Shanghai by which assigner and readers of all instances judge. It follows the clock of
 * the database, because those of two instances differ, and never goes back behind a day that the assigner has judged by.
 */
@ApplicationScoped
public class ScopeCalendar {

    private static final String TIME_SQL = "select clock_timestamp(), evaluated_on from assigner_state where id = 1";

    private final JdbcClient database;

    ScopeCalendar(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Returns the present day. */
    public LocalDate today() {
        return database.queryOne(TIME_SQL, row -> {
            LocalDate day = LocalDate.ofInstant(shift(RowMapper.readInstant(row, 1)), ChinaTime.CHINA_ZONE);
            @Nullable LocalDate evaluated = row.getObject(2, LocalDate.class);
            return evaluated == null || evaluated.isBefore(day) ? day : evaluated;
        });
    }

    /** Returns the time by which the calendar goes; a test may shift that of the database. */
    Instant shift(Instant time) {
        return time;
    }
}
