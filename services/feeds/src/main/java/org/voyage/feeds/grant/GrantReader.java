package org.voyage.feeds.grant;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.kit.database.JdbcClient;

/** Reader of the grants of an alliance that are in force. */
@ApplicationScoped
public class GrantReader {

    private static final String GRANTS_SQL = """
            select g.rule, g.fields from grant_version g join alliance a on a.code = g.alliance
             where g.alliance = ? and a.withdrawn_at is null
               and g.superseded_at is null and not g.withdrawn
               and g.valid_from <= ? and (g.valid_until is null or g.valid_until > ?)
               and g.id <> ?
             order by g.id""";

    private static final String BEGUN_SQL =
            "select rule from grant_version where alliance = ? and valid_from <= ? and not withdrawn";

    private static final String FIGURE_READERS_SQL = """
            select distinct g.alliance from grant_version g join alliance a on a.code = g.alliance
             where g.figure_events and a.suspended_at is null and a.withdrawn_at is null
               and g.superseded_at is null and not g.withdrawn
               and g.valid_from <= ? and (g.valid_until is null or g.valid_until > ?)""";

    private final JdbcClient database;

    GrantReader(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /**
     * Grant that is in force.
     *
     * @param fields the fields on grant that it opens, as {@code record.field}
     */
    public record GrantInForce(FeedFilter rule, Set<String> fields) {}

    /**
     * Returns the grants on a day of Asia/Shanghai; none of an alliance that is not admitted. A suspension shuts every way of
     * reading and ends no grant.
     */
    public List<GrantInForce> readGrants(String alliance, LocalDate day) {
        return readOtherGrants(alliance, day, "");
    }

    /** Returns the same without one of them. */
    public List<GrantInForce> readOtherGrants(String alliance, LocalDate day, String excluded) {
        return database.query(
                GRANTS_SQL,
                row -> new GrantInForce(FeedFilter.ofJson(row.getString(1)), new TreeSet<>(Set.of((String[])
                        row.getArray(2).getArray()))),
                alliance,
                day,
                day,
                excluded);
    }

    /** Returns the conditions of all grants that had begun by a day, also of those that have ended or were replaced. */
    public List<FeedFilter> readBegunRules(String alliance, LocalDate day) {
        return database.query(BEGUN_SQL, row -> FeedFilter.ofJson(row.getString(1)), alliance, day);
    }

    /**
     * Returns the alliances that may read the events of figures on a day of Asia/Shanghai, of those that the database shows
     * to the caller.
     */
    public Set<String> readFigureReaders(LocalDate day) {
        return Set.copyOf(database.query(FIGURE_READERS_SQL, row -> row.getString(1), day, day));
    }
}
