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
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.voyage.indicators.config.AdvisoryLock;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.RowMapper;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Store of the releases and their sheets. */
@ApplicationScoped
class ReleaseStore {

    /** Building the sheets of all years and figures takes longer than the usual transaction timeout. */
    private static final int MAX_TRANSACTION_SECONDS = 600;

    private static final TypeReference<LinkedHashMap<String, ReleasedNode>> TABLES_TYPE = new TypeReference<>() {};

    private static final String SHEETS_SQL =
            "select figure, version, year, release, tables, reported, mostly_reported from release_sheet";

    private final Map<SheetKey, ReleasedSheet> sheetCache = new ConcurrentHashMap<>();
    private final JdbcClient database;
    private final ObjectMapper json;
    private final ReleaseWitness witness;

    ReleaseStore(DataSource dataSource, ObjectMapper json, ReleaseWitness witness) {
        this.database = new JdbcClient(dataSource);
        this.json = json;
        this.witness = witness;
    }

    /** Maker of the sheets of a release from all earlier sheets. */
    interface SheetMaker {
        /** @param earlier in the order of their releases */
        List<ReleasedSheet> makeSheets(List<ReleasedSheet> earlier, long number);
    }

    /**
     * Makes a release; concurrent callers wait for each other. The witness has the release before any reader sees it.
     *
     * @param also further work in the transaction of the release
     * @param restored further work for each earlier release that is stored again first
     * @return empty when there is nothing to release; then nothing is stored
     * @throws Refusal.Conflict if the database does not know a release that readers hold
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer in time; then nothing is stored
     */
    Optional<FigureRelease> makeRelease(
            String by, Instant at, SheetMaker making, Consumer<FigureRelease> also, Consumer<FigureRelease> restored) {
        return runExclusively(() -> {
            restoreFromWitness(restored);
            Optional<FigureRelease> release = appendRelease(by, at, making);
            release.ifPresent(also);
            return release;
        });
    }

    /**
     * Stores the releases that the witness knows and the database does not, because it was restored to an earlier time.
     * Writes those that only the database knows to the witness.
     *
     * @param restored further work for each release that is stored again, in the same transaction
     * @throws Refusal.Conflict if the database does not know a release that readers hold
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer in time
     */
    void restoreForgotten(Consumer<FigureRelease> restored) {
        runExclusively(() -> {
            restoreFromWitness(restored);
            return true;
        });
    }

    private <T> T runExclusively(Callable<T> work) {
        return QuarkusTransaction.requiringNew()
                .timeout(MAX_TRANSACTION_SECONDS)
                .call(() -> {
                    database.execute(AdvisoryLock.RELEASES.exclusiveLockSql());
                    return work.call();
                });
    }

    private void restoreFromWitness(Consumer<FigureRelease> restored) {
        NavigableMap<Long, ReleaseWitness.WitnessedRelease> witnessed = witness.readReleases();
        for (ReleaseWitness.WitnessedRelease each :
                witnessed.tailMap(nextNumber(), true).values()) {
            if (!each.isComplete()) {
                throw releaseForgotten(each.release().number());
            }
            insertRelease(each.release(), each.sheets());
            restored.accept(each.release());
        }
        long number = 0;
        for (FigureRelease stored :
                findNewest(Long.MAX_VALUE, Integer.MAX_VALUE).reversed()) {
            ReleaseWitness.WitnessedRelease same = witnessed.get(++number);
            if (stored.number() != number
                    || same != null && !same.release().madeAt().equals(stored.madeAt())) {
                throw releaseForgotten(number);
            }
            if (same == null) {
                witness.writeRelease(stored, readSheetsOf(number));
            }
        }
    }

    private static Refusal releaseForgotten(long number) {
        return new Refusal.Conflict(new Finding(
                "",
                "release-forgotten",
                "Readers hold release " + number
                        + ", and the database does not know it: a new release could reveal single"
                        + " persons. Restore a backup of the database of indicators that was made after this release.",
                "外部读者已持有第 " + number + " 次对外发布，而数据库中没有该次发布；继续发布可能泄露个人信息。请恢复该次发布之后制作的 indicators" + " 数据库备份。"));
    }

    private Optional<FigureRelease> appendRelease(String by, Instant at, SheetMaker making) {
        long number = nextNumber();
        List<ReleasedSheet> sheets = making.makeSheets(readAllSheets(), number);
        if (sheets.isEmpty()) {
            return Optional.empty();
        }
        FigureRelease release = new FigureRelease(number, at.truncatedTo(ChronoUnit.MICROS), by, sheets.size());
        witness.writeRelease(release, sheets);
        insertRelease(release, sheets);
        return Optional.of(release);
    }

    private void insertRelease(FigureRelease release, List<ReleasedSheet> sheets) {
        database.update(
                "insert into release (number, made_at, made_by, sheets) values (?, ?, ?, ?)",
                release.number(),
                release.madeAt(),
                release.madeBy(),
                release.sheets());
        database.updateBatch(
                "insert into release_sheet (figure, year, release, version, tables, reported, mostly_reported)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                sheets.stream()
                        .map(sheet -> new Object[] {
                            sheet.figure(),
                            sheet.year(),
                            release.number(),
                            sheet.version(),
                            toJson(sheet.tables()),
                            sheet.isReported(),
                            sheet.isMostlyReported()
                        })
                        .toList());
    }

    /** Makes the sheets of the next release as it would be now, and stores none of them. */
    void rehearseRelease(SheetMaker making) {
        making.makeSheets(readAllSheets(), nextNumber());
    }

    private long nextNumber() {
        List<FigureRelease> last = findNewest(Long.MAX_VALUE, 1);
        return last.isEmpty() ? 1 : last.getFirst().number() + 1;
    }

    private List<ReleasedSheet> readSheetsOf(long release) {
        return database.query(SHEETS_SQL + " where release = ? order by figure, year", this::readSheet, release);
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
                row.getBoolean(6),
                row.getBoolean(7));
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
