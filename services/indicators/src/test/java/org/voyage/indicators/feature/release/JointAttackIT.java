package org.voyage.indicators.feature.release;

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
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.feature.release.DisclosureAttacker.UnknownCell;
import org.voyage.indicators.feature.release.LinearDeduction.ValueInterval;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.TrapTest;

/**
 * Joint attack on all answers to external readers about persons: all figures, tables, two years and two releases, in
 * one system of equations. It uses the public tree, the rule, the records that feeds send, and the possible arrivals and
 * leavers between two stocks.
 */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class JointAttackIT implements RunningServiceTest {

    private static final Set<Long> ONE_TO_NINE = Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);

    /** Figures with more records after the first release. */
    private static final Set<String> SENT_AGAIN = Set.of("outbound-participants", "inbound-students");

    /** Stock figures at the end of a year. */
    private static final Set<String> STOCKS = Set.of("inbound-students", "foreign-teachers");

    @Inject
    ReleaseService releases;

    @Inject
    ReleaseTables tables;

    @BeforeAll
    static void createTopics() throws InterruptedException, ExecutionException {
        TestEventLog.createTopics(PersonPopulation.TOPICS);
    }

    @TrapTest(FeedTrap.FEEDS_AS_FURTHER_KNOWLEDGE)
    @Test
    void no_number_of_1_to_9_persons_follows_from_all_figures_years_and_releases_together() {
        PersonPopulation population = new PersonPopulation(1925);
        population.sendPopulation();
        makeRelease();
        DisclosureAttacker attacker = new DisclosureAttacker();
        Map<FigureAttack, TrueCounts> first = new LinkedHashMap<>();
        for (CountedFigure figure : tables.figures()) {
            FigureAttack reading = attacker.readFigure(figure.code(), 1925, 1926, "first");
            reading.askUnofferedQueries(figure.dimensions());
            askAboutSmall(reading, first.computeIfAbsent(reading, TrueCounts::new));
            addPublicKnowledge(reading, figure);
            addFeedKnowledge(reading, figure, population.toFeedKnowledge());
        }
        population.sendMoreOfFirstYear();
        assertThat(makeRelease()).as("years that could not be shown again").doesNotContain(1925);
        Map<FigureAttack, TrueCounts> second = new LinkedHashMap<>();
        for (String figure : SENT_AGAIN) {
            FigureAttack reading = attacker.readFigure(figure, 1925, 1926, "second");
            askAboutSmall(reading, second.computeIfAbsent(reading, TrueCounts::new));
        }
        List<UnknownCell> moves = new ArrayList<>();
        first.forEach((reading, truth) -> {
            if (STOCKS.contains(reading.figure())) {
                moves.addAll(addMoves(reading, truth));
            }
        });

        SoftAssertions all = new SoftAssertions();
        first.forEach((reading, truth) -> assertHidden(all, reading, truth));
        second.forEach((reading, truth) -> assertHidden(all, reading, truth));
        for (UnknownCell move : moves) {
            assertNotFound(all, move.toString(), attacker.intervalOf(List.of(move)));
        }
        first.forEach((before, then) -> second.forEach((after, now) -> {
            if (after.figure().equals(before.figure())) {
                assertChangeHidden(all, before, then, after, now);
            }
        }));
        all.assertAll();
    }

    /** The same attack succeeds here, which shows that it works. */
    @Test
    void where_small_ones_alone_are_hidden_they_are_found_out_in_every_figure() throws SQLException {
        PersonPopulation population = new PersonPopulation(1922);
        population.sendPopulation();
        releases.createRelease(
                "test", CellSuppression.smallOnlySuppression(), (year, reports) -> year == 1922 || year == 1923, true);
        DisclosureAttacker attacker = new DisclosureAttacker();

        Map<String, Set<String>> found = new LinkedHashMap<>();
        for (CountedFigure figure : tables.figures()) {
            FigureAttack reading = attacker.readFigure(figure.code(), 1922, 1923, "weak");
            TrueCounts truth = new TrueCounts(reading);
            for (List<UnknownCell> small : smallPlaces(reading, truth).values()) {
                ValueInterval interval = attacker.intervalOf(small);
                if (interval.isPoint() && interval.containsValue(truth.countPersons(small))) {
                    found.computeIfAbsent(figure.code(), key -> new LinkedHashSet<>())
                            .add(small.toString());
                }
            }
        }

        assertThat(found.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        tables.figures().stream().map(CountedFigure::code).toList());
    }

    private void assertHidden(SoftAssertions all, FigureAttack reading, TrueCounts truth) {
        DisclosureAttacker attacker = reading.attacker();
        all.assertThat(reading.shownSmall()).isEmpty();
        Map<SmallPlace, List<UnknownCell>> few = smallPlaces(reading, truth);
        all.assertThat(few).as("%s has few somewhere", reading).isNotEmpty();
        few.forEach((place, small) -> {
            String what = reading + " " + place;
            ValueInterval interval = attacker.intervalOf(small);
            all.assertThat(interval.containsValue(truth.countPersons(small)))
                    .as("the truth is possible: %s %s", what, interval)
                    .isTrue();
            if (place.isCode()) {
                all.assertThat(attacker.possibleSmallNumbers(small)).as(what).isEqualTo(ONE_TO_NINE);
            } else {
                all.assertThat(interval.computeWidth())
                        .as("%s %s", what, interval)
                        .isGreaterThanOrEqualTo(9);
            }
        });
    }

    /** Asserts that the answers reveal no small arrival or departure between two times. */
    private void assertChangeHidden(
            SoftAssertions all, FigureAttack before, TrueCounts then, FigureAttack after, TrueCounts now) {
        for (String table : before.tables()) {
            Set<String> codes = new LinkedHashSet<>(before.codesOf(table));
            codes.addAll(after.codesOf(table));
            for (String code : codes) {
                List<UnknownCell> was = before.cellsAt(1925, table, code);
                List<UnknownCell> is = after.cellsAt(1925, table, code);
                if (then.countPersons(was) + now.countPersons(is) > 0) {
                    ValueInterval change = before.attacker().changeInterval(was, is);
                    String what = "change of " + before + " " + code;
                    assertNotFound(all, what, change);
                    if (!change.isPoint()) {
                        all.assertThat(change.computeWidth())
                                .as("%s %s", what, change)
                                .isGreaterThanOrEqualTo(9);
                    }
                }
            }
        }
    }

    private static void assertNotFound(SoftAssertions all, String what, ValueInterval interval) {
        all.assertThat(interval.isPoint() && CellSuppression.isSmall(Math.abs((long) interval.minimum())))
                .as("%s %s", what, interval)
                .isFalse();
    }

    /**
     * Place with few persons.
     *
     * @param name a dimension or a list; empty for one cell of all tables
     */
    private record SmallPlace(int year, String name, String code, boolean isCode) {}

    private static Map<SmallPlace, List<UnknownCell>> smallPlaces(FigureAttack reading, TrueCounts truth) {
        Map<SmallPlace, List<UnknownCell>> small = new LinkedHashMap<>();
        for (int year = reading.first(); year <= reading.last(); year++) {
            for (String name : reading.breakdownNames()) {
                for (String code : reading.codesOf(name)) {
                    small.put(
                            new SmallPlace(year, name, code, reading.tables().contains(name)),
                            reading.cellsAt(year, name, code));
                }
            }
        }
        reading.cells()
                .forEach(cell ->
                        small.put(new SmallPlace(cell.year(), "", cell.codes().toString(), false), List.of(cell)));
        small.values().removeIf(cells -> !CellSuppression.isSmall(truth.countPersons(cells)));
        return small;
    }

    private static void askAboutSmall(FigureAttack reading, TrueCounts truth) {
        Map<String, Set<String>> codes = new LinkedHashMap<>();
        smallPlaces(reading, truth).keySet().stream()
                .filter(SmallPlace::isCode)
                .forEach(place -> codes.computeIfAbsent(place.name(), key -> new LinkedHashSet<>())
                        .add(place.code()));
        codes.forEach(reading::askWithOthers);
    }

    /** Adds the tree, the rule, required fields, and places without a school. */
    private void addPublicKnowledge(FigureAttack reading, CountedFigure figure) {
        tables.tablesOf(figure).forEach(reading::addTreeKnowledge);
        for (int year = reading.first(); year <= reading.last(); year++) {
            for (String table : reading.tables()) {
                reading.addEmpty(year, table, Set.of(CodeDictionary.ABSENT_TEXT, "vocational-bachelor")::contains);
            }
            if (figure.records().contains("overseas-school")) {
                List<String> schools = given().auth()
                        .oauth2(TestTokens.allianceToken("WFCP"))
                        .get("/v1/indicators/overseas-schools/values?by=hostCountry&period=" + year)
                        .jsonPath()
                        .getList("items.hostCountry");
                reading.addEmpty(year, "hostCountry", country -> !schools.contains(country));
            }
        }
    }

    /**
     * Adds what a reader of feeds knows: where no record of the six types was there in a year, no person can be counted in
     * the records that belong to it.
     */
    private static void addFeedKnowledge(FigureAttack reading, CountedFigure figure, FeedKnowledge feeds) {
        assertThat(feeds.records()).containsExactlyInAnyOrder("overseas-school", "cooperative-programme");
        for (String table : reading.tables()) {
            List<String> shown = figure.records().stream()
                    .distinct()
                    .filter(record -> feeds.shows(record, table))
                    .toList();
            for (int year = reading.first(); !shown.isEmpty() && year <= reading.last(); year++) {
                Set<String> codes = new LinkedHashSet<>();
                for (String record : shown) {
                    codes.addAll(feeds.codesIn(record, table, year));
                }
                assertThat(codes).as("%s %s", reading, table).isNotEmpty();
                reading.addEmpty(year, table, code -> !codes.contains(code));
            }
        }
    }

    /** Adds arrivals and leavers between the two years, for the nationalities with known or requested values. */
    private List<UnknownCell> addMoves(FigureAttack reading, TrueCounts truth) {
        List<UnknownCell> moves = new ArrayList<>();
        Set<String> nationalities = new LinkedHashSet<>();
        reading.cells().stream()
                .filter(cell -> truth.countPersons(cell) > 0)
                .forEach(cell -> nationalities.add(cell.codes().getOrDefault("nationality", "")));
        for (String nationality : nationalities) {
            moves.addAll(reading.attacker().addFlowRelation(reading, reading.first(), "nationality", nationality));
        }
        return moves;
    }

    private static List<Integer> makeRelease() {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .post("/v1/releases?allowUnlocked=true")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("kept.year");
    }
}
