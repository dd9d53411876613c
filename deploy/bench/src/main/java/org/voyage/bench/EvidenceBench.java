package org.voyage.bench;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.bench.EnrolmentLog.Country;

/** Measurement of evidence queries: the first hundred records of one cell, compared with the same query in SQL. */
class EvidenceBench {

    private static final String EVIDENCE_PATH =
            "/v1/indicators/inbound-students/evidence?level=higher-vocational&period=2020&limit=100&nationality=";
    private static final String NATION_PATH = "/v1/indicators/inbound-students/evidence?period=2020&limit=100";
    private static final String CHANGES_PATH =
            "/v1/indicators/inbound-students/changes?period=2020&from=2000-01-01T00:00:00Z";
    private static final String EVIDENCE_SQL = """
            with newest as materialized (
              select distinct on (province, source_id) province, source_id, after
                from evidence
               where record = 'inbound-enrolment'
               order by province, source_id, version desc)
            select province || '/' || source_id, count(*) over ()
              from newest
             where after ->> 'level' = 'higher-vocational' and after ->> 'nationality' = ?
               and (after ->> 'startedOn')::date <= date '2020-12-31'
               and (after ->> 'endedOn' is null or (after ->> 'endedOn')::date > date '2020-12-31')
             order by province, source_id
             limit 100
            """;
    private static final Pattern VALUE_PATTERN = Pattern.compile("\"value\":(\\d+)");
    private static final Pattern DIFFERENCE_PATTERN = Pattern.compile("\"difference\":(-?\\d+)");
    private static final Pattern CAUSE_PATTERN = Pattern.compile("\"events\":(\\d+),\"amount\":(-?\\d+)");
    private static final Pattern ITEM_PATTERN = Pattern.compile("\"province\":\"([^\"]+)\",\"sourceId\":\"([^\"]+)\"");
    private static final int ROUND_COUNT = 5;
    private static final int QUESTIONS_PER_ROUND = 10;

    private final IndicatorsService indicators;
    private final ServiceDatabase evidence;
    private final List<Country> countries;
    private int asked;

    EvidenceBench(IndicatorsService indicators, ServiceDatabase evidence, List<Country> countries) {
        this.indicators = indicators;
        this.evidence = evidence;
        this.countries = countries;
    }

    /** Cell: its value and the keys on its first page. */
    private record OpenedCell(long value, List<String> keys) {}

    void runMeasurement() throws IOException, InterruptedException, SQLException {
        RoundComparison rounds = new RoundComparison("evidence", "SQL", "/s");
        WarmUp.runUntilSteady(this::measureRate);
        for (int round = 0; round < ROUND_COUNT; round++) {
            double ours = measureRate();
            String country = nextCountry();
            long start = System.nanoTime();
            OpenedCell expected = queryBySql(country);
            rounds.addRound(ours, 1e9 / (System.nanoTime() - start));
            OpenedCell came = parseAnswer(indicators.getJson(EVIDENCE_PATH + country));
            if (!came.equals(expected)) {
                throw new IllegalStateException(
                        "the evidence of " + country + " is wrong: " + came + ", not " + expected);
            }
        }
        rounds.printRounds();
        System.out.printf(
                Locale.ROOT,
                "the records behind a cell take %.0f ms, behind the whole nation %.0f ms%n",
                1000 / rounds.ourMedian(),
                measureNation());
        measureChanges();
    }

    /** Measures the explanation of the national value's change over the whole log. */
    private void measureChanges() throws IOException, InterruptedException {
        long start = System.nanoTime();
        String answer = indicators.getJson(CHANGES_PATH);
        double seconds = (System.nanoTime() - start) / 1e9;
        long value = parseAnswer(indicators.getJson(NATION_PATH)).value();
        long causes = CAUSE_PATTERN
                .matcher(answer)
                .results()
                .mapToLong(cause -> Long.parseLong(cause.group(2)))
                .sum();
        Matcher difference = DIFFERENCE_PATTERN.matcher(answer);
        if (!difference.find() || Long.parseLong(difference.group(1)) != value || causes != value) {
            throw new IllegalStateException("the causes add up to " + causes + ", not to " + value + ": " + answer);
        }
        System.out.printf(Locale.ROOT, "why it moved since the log began takes %.1f s%n", seconds);
    }

    private String nextCountry() {
        return countries.get(asked++ % countries.size()).code();
    }

    /** Measures sequential queries, each about another country. */
    private double measureRate() {
        try {
            long start = System.nanoTime();
            for (int i = 0; i < QUESTIONS_PER_ROUND; i++) {
                indicators.getJson(EVIDENCE_PATH + nextCountry());
            }
            return QUESTIONS_PER_ROUND / ((System.nanoTime() - start) / 1e9);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private double measureNation() throws IOException, InterruptedException {
        List<Double> milliseconds = new ArrayList<>();
        for (int round = 0; round < ROUND_COUNT; round++) {
            long start = System.nanoTime();
            indicators.getJson(NATION_PATH);
            milliseconds.add((System.nanoTime() - start) / 1e6);
        }
        return RoundComparison.medianOf(milliseconds);
    }

    private OpenedCell queryBySql(String country) throws SQLException {
        List<String> keys = new ArrayList<>();
        long value = 0;
        try (PreparedStatement statement = evidence.openConnection().prepareStatement(EVIDENCE_SQL)) {
            statement.setString(1, country);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    keys.add(row.getString(1));
                    value = row.getLong(2);
                }
            }
        }
        return new OpenedCell(value, keys);
    }

    private static OpenedCell parseAnswer(String answer) {
        Matcher value = VALUE_PATTERN.matcher(answer);
        if (!value.find()) {
            throw new IllegalStateException("no value: " + answer);
        }
        List<String> keys = new ArrayList<>();
        for (MatchResult item : ITEM_PATTERN.matcher(answer).results().toList()) {
            keys.add(item.group(1) + "/" + item.group(2));
        }
        return new OpenedCell(Long.parseLong(value.group(1)), keys);
    }
}
