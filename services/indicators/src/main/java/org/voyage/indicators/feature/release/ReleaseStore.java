package org.voyage.indicators.feature.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.voyage.indicators.config.AdvisoryLock;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;

/** Store of the releases and their sheets. */
@ApplicationScoped
class ReleaseStore {

    /** Building the sheets of all years and figures takes longer than the usual transaction timeout. */
    private static final int MAX_TRANSACTION_SECONDS = 600;

    private static final TypeReference<LinkedHashMap<String, ReleasedNode>> TABLES_TYPE = new TypeReference<>() {};

    private static final String SHEETS_SQL =
            "select figure, version, year, release, tables, reported from release_sheet";

    private final Map<SheetKey, ReleasedSheet> sheetCache = new ConcurrentHashMap<>();
    private final JdbcClient database;
    private final ObjectMapper json;

    ReleaseStore(DataSource dataSource, ObjectMapper json) {
        this.database = new JdbcClient(dataSource);
        this.json = json;
    }

    /** Maker of the sheets of a release from all earlier sheets. */
    interface SheetMaker {
        /** @param earlier in the order of their releases */
        List<ReleasedSheet> makeSheets(List<ReleasedSheet> earlier, long number);
    }

    /**
     * Makes a release; concurrent callers wait for each other.
     *
     * @param also further work in the transaction of the release
     * @return empty when there is nothing to release; then nothing is stored
     */
    Optional<FigureRelease> makeRelease(String by, Instant at, SheetMaker making, Consumer<FigureRelease> also) {
        return QuarkusTransaction.requiringNew()
                .timeout(MAX_TRANSACTION_SECONDS)
                .call(() -> {
                    Optional<FigureRelease> release = appendRelease(by, at, making);
                    release.ifPresent(also);
                    return release;
                });
    }

    private Optional<FigureRelease> appendRelease(String by, Instant at, SheetMaker making) {
        database.execute(AdvisoryLock.RELEASES.exclusiveLockSql());
        long number = nextNumber();
        List<ReleasedSheet> sheets = making.makeSheets(readAllSheets(), number);
        if (sheets.isEmpty()) {
            return Optional.empty();
        }
        FigureRelease release = new FigureRelease(number, at.truncatedTo(ChronoUnit.MICROS), by, sheets.size());
        database.update(
                "insert into release (number, made_at, made_by, sheets) values (?, ?, ?, ?)",
                number,
                release.madeAt(),
                by,
                sheets.size());
        database.updateBatch(
                "insert into release_sheet (figure, year, release, version, tables, reported) values (?, ?, ?, ?, ?, ?)",
                sheets.stream()
                        .map(sheet -> new Object[] {
                            sheet.figure(),
                            sheet.year(),
                            number,
                            sheet.version(),
                            toJson(sheet.tables()),
                            sheet.isReported()
                        })
                        .toList());
        return Optional.of(release);
    }

    /** Makes the sheets of the next release as it would be now, and stores none of them. */
    void rehearseRelease(SheetMaker making) {
        making.makeSheets(readAllSheets(), nextNumber());
    }

    private long nextNumber() {
        List<FigureRelease> last = findNewest(Long.MAX_VALUE, 1);
        return last.isEmpty() ? 1 : last.getFirst().number() + 1;
    }

    private List<ReleasedSheet> readAllSheets() {
        return database.query(SHEETS_SQL + " order by figure, year, release", this::readSheet);
    }

    /**
     * The current release of a figure.
     *
     * @param release the newest of all releases
     * @param byYear release number of the newest sheet of each year
     */
    record CurrentRelease(FigureRelease release, NavigableMap<Integer, Long> byYear) {}

    /** @return empty before the first release */
    Optional<CurrentRelease> findCurrent(String figure) {
        return findNewest(Long.MAX_VALUE, 1).stream().findFirst().map(newest -> {
            NavigableMap<Integer, Long> byYear = new TreeMap<>();
            // A sheet stored in between belongs to a later release than the one of this answer.
            database.queryEach(
                    "select year, max(release) from release_sheet where figure = ? and release <= ? group by year",
                    row -> byYear.put(row.getInt(1), row.getLong(2)),
                    figure,
                    newest.number());
            return new CurrentRelease(newest, byYear);
        });
    }

    private record SheetKey(String figure, int year, long release) {}

    /** Returns an existing sheet. It is read once, because sheets never change. */
    ReleasedSheet readSheet(String figure, int year, long release) {
        SheetKey key = new SheetKey(figure, year, release);
        ReleasedSheet known = sheetCache.get(key);
        if (known == null) {
            known = database.queryOne(
                    SHEETS_SQL + " where figure = ? and year = ? and release = ?",
                    this::readSheet,
                    figure,
                    year,
                    release);
            sheetCache.put(key, known);
        }
        return known;
    }

    /**
     * Returns the releases, the newest first.
     *
     * @param below only releases with a smaller number
     */
    List<FigureRelease> findNewest(long below, int limit) {
        return database.query(
                "select number, made_at, made_by, sheets from release where number < ? order by number desc limit ?",
                row -> new FigureRelease(
                        row.getLong(1), RowMapper.readInstant(row, 2), row.getString(3), row.getInt(4)),
                below,
                limit);
    }

    private ReleasedSheet readSheet(ResultSet row) throws SQLException {
        return new ReleasedSheet(
                row.getString(1),
                row.getInt(2),
                row.getInt(3),
                row.getLong(4),
                parseTables(row.getString(5)),
                row.getBoolean(6));
    }

    private String toJson(Map<String, ReleasedNode> tables) {
        try {
            return json.writeValueAsString(tables);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, ReleasedNode> parseTables(String text) {
        try {
            return json.readValue(text, TABLES_TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sheet cannot be read", e);
        }
    }
}
