package org.voyage.indicators.release;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.Serving;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.release.Attacker.Cell;
import org.voyage.indicators.release.Deduction.Interval;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/**
 * Everything that readers outside are answered about persons, of all figures, tables, two years and two releases, in one
 * system of equations, with the public tree and the rule, and with who can have come and left between two stocks.
 */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class JointAttackIT implements Serving {

    private static final Set<Long> ONE_TO_NINE = Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);

    /** Figures of which more is sent after the first release. */
    private static final Set<String> SENT_AGAIN = Set.of("outbound-participants", "inbound-students");

    /** Figures of who is there at the end of a year. */
    private static final Set<String> STOCKS = Set.of("inbound-students", "foreign-teachers");

    @Inject
    Releases releases;

    @Inject
    Tables tables;

    @BeforeAll
    static void topics() throws InterruptedException, ExecutionException {
        EventLog.createTopics(Population.TOPICS);
    }

    @Test
    void no_number_of_1_to_9_persons_follows_from_all_figures_years_and_releases_together() {
        Population population = new Population(1925);
        population.send();
        release();
        Attacker attacker = new Attacker();
        Map<Reading, Truth> first = new LinkedHashMap<>();
        for (Indicator figure : tables.figures()) {
            Reading reading = attacker.read(figure.code(), 1925, 1926, "first");
            reading.askForMore(figure.dimensions());
            askAroundSmall(reading, first.computeIfAbsent(reading, Truth::new));
            knowWhatIsPublic(reading, figure);
        }
        population.sendMore();
        assertThat(release()).as("years that could not be shown again").doesNotContain(1925);
        Map<Reading, Truth> second = new LinkedHashMap<>();
        for (String figure : SENT_AGAIN) {
            Reading reading = attacker.read(figure, 1925, 1926, "second");
            askAroundSmall(reading, second.computeIfAbsent(reading, Truth::new));
        }
        List<Cell> moves = new ArrayList<>();
        first.forEach((reading, truth) -> {
            if (STOCKS.contains(reading.figure())) {
                moves.addAll(moves(reading, truth));
            }
        });

        SoftAssertions all = new SoftAssertions();
        first.forEach((reading, truth) -> attack(all, reading, truth));
        second.forEach((reading, truth) -> attack(all, reading, truth));
        for (Cell move : moves) {
            isNotFound(all, move.toString(), attacker.interval(List.of(move)));
        }
        first.forEach((before, then) -> second.forEach((after, now) -> {
            if (after.figure().equals(before.figure())) {
                attackChange(all, before, then, after, now);
            }
        }));
        all.assertAll();
    }

    /** The same attack, so that it is known to win where there is something to win. */
    @Test
    void where_small_ones_alone_are_hidden_they_are_found_out_in_every_figure() throws SQLException {
        Population population = new Population(1922);
        population.send();
        releases.make("test", Protection.ofSmallOnesAlone(), year -> year == 1922 || year == 1923);
        Attacker attacker = new Attacker();

        Map<String, Set<String>> found = new LinkedHashMap<>();
        for (Indicator figure : tables.figures()) {
            Reading reading = attacker.read(figure.code(), 1922, 1923, "weak");
            Truth truth = new Truth(reading);
            for (List<Cell> small : small(reading, truth).values()) {
                Interval interval = attacker.interval(small);
                if (interval.isPoint() && interval.holds(truth.of(small))) {
                    found.computeIfAbsent(figure.code(), key -> new LinkedHashSet<>())
                            .add(small.toString());
                }
            }
        }

        assertThat(found.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        tables.figures().stream().map(Indicator::code).toList());
    }

    private void attack(SoftAssertions all, Reading reading, Truth truth) {
        Attacker attacker = reading.attacker();
        all.assertThat(reading.shownSmall()).isEmpty();
        Map<Place, List<Cell>> few = small(reading, truth);
        all.assertThat(few).as("%s has few somewhere", reading).isNotEmpty();
        few.forEach((place, small) -> {
            String what = reading + " " + place;
            Interval interval = attacker.interval(small);
            all.assertThat(interval.holds(truth.of(small)))
                    .as("the truth is possible: %s %s", what, interval)
                    .isTrue();
            if (place.isCode()) {
                all.assertThat(attacker.possibleSmall(small)).as(what).isEqualTo(ONE_TO_NINE);
            } else {
                all.assertThat(interval.width()).as("%s %s", what, interval).isGreaterThanOrEqualTo(9);
            }
        });
    }

    /** Between two times nothing small has come or gone that anybody could tell. */
    private void attackChange(SoftAssertions all, Reading before, Truth then, Reading after, Truth now) {
        for (String table : before.tables()) {
            Set<String> codes = new LinkedHashSet<>(before.codes(table));
            codes.addAll(after.codes(table));
            for (String code : codes) {
                List<Cell> was = before.cells(1925, table, code);
                List<Cell> is = after.cells(1925, table, code);
                if (then.of(was) + now.of(is) > 0) {
                    Interval change = before.attacker().change(was, is);
                    String what = "change of " + before + " " + code;
                    isNotFound(all, what, change);
                    if (!change.isPoint()) {
                        all.assertThat(change.width()).as("%s %s", what, change).isGreaterThanOrEqualTo(9);
                    }
                }
            }
        }
    }

    private static void isNotFound(SoftAssertions all, String what, Interval interval) {
        all.assertThat(interval.isPoint() && Protection.isSmall(Math.abs((long) interval.least())))
                .as("%s %s", what, interval)
                .isFalse();
    }

    /** Where there are few. @param name a dimension or a list; empty for one cell of all tables */
    private record Place(int year, String name, String code, boolean isCode) {}

    private static Map<Place, List<Cell>> small(Reading reading, Truth truth) {
        Map<Place, List<Cell>> small = new LinkedHashMap<>();
        for (int year = reading.first(); year <= reading.last(); year++) {
            for (String name : reading.names()) {
                for (String code : reading.codes(name)) {
                    small.put(
                            new Place(year, name, code, reading.tables().contains(name)),
                            reading.cells(year, name, code));
                }
            }
        }
        reading.cells()
                .forEach(cell ->
                        small.put(new Place(cell.year(), "", cell.codes().toString(), false), List.of(cell)));
        small.values().removeIf(cells -> !Protection.isSmall(truth.of(cells)));
        return small;
    }

    private static void askAroundSmall(Reading reading, Truth truth) {
        Map<String, Set<String>> codes = new LinkedHashMap<>();
        small(reading, truth).keySet().stream()
                .filter(Place::isCode)
                .forEach(place -> codes.computeIfAbsent(place.name(), key -> new LinkedHashSet<>())
                        .add(place.code()));
        codes.forEach(reading::askAround);
    }

    /** The tree and the rule, that no field is empty which must be filled, and where there is no school. */
    private void knowWhatIsPublic(Reading reading, Indicator figure) {
        tables.of(figure).forEach(reading::useTree);
        for (int year = reading.first(); year <= reading.last(); year++) {
            for (String table : reading.tables()) {
                reading.none(year, table, Set.of(Dictionary.ABSENT_TEXT, "vocational-bachelor")::contains);
            }
            if (figure.records().contains("overseas-school")) {
                List<String> schools = given().auth()
                        .oauth2(TestTokens.allianceToken("WFCP"))
                        .get("/v1/indicators/overseas-schools/values?by=hostCountry&period=" + year)
                        .jsonPath()
                        .getList("values.hostCountry");
                reading.none(year, "hostCountry", country -> !schools.contains(country));
            }
        }
    }

    /** Who came and who left between the two years, of the nationalities of which something is known or asked. */
    private List<Cell> moves(Reading reading, Truth truth) {
        List<Cell> moves = new ArrayList<>();
        Set<String> nationalities = new LinkedHashSet<>();
        reading.cells().stream()
                .filter(cell -> truth.of(cell) > 0)
                .forEach(cell -> nationalities.add(cell.codes().getOrDefault("nationality", "")));
        for (String nationality : nationalities) {
            moves.addAll(reading.attacker().follow(reading, reading.first(), "nationality", nationality));
        }
        return moves;
    }

    private static List<Integer> release() {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .post("/v1/releases")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("kept.year");
    }
}
