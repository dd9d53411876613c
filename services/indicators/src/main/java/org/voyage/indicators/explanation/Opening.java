package org.voyage.indicators.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.asof.KnownFigures;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.indicators.evidence.PastEvidence.Place;
import org.voyage.indicators.evidence.Progress;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.Gate;
import org.voyage.indicators.query.Sights;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/**
 * Opens a value down to the records behind it. The live figures hold them all, and are asked as long as they stand where the
 * question does; only of another moment the figure is built from the evidence of then.
 */
@ApplicationScoped
class Opening {

    /** So long a live answer waits for the evidence, which is stored a moment after the figures have moved. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int RETRY_AFTER_SECONDS = 2;

    private final LiveFigures live;
    private final KnownFigures known;
    private final PastEvidence evidence;
    private final Progress progress;
    private final Sights sights;
    /** One goes over all facts at a time: who does keeps what comes from being applied meanwhile. */
    private final Gate looking = new Gate(1);

    Opening(LiveFigures live, KnownFigures known, PastEvidence evidence, Progress progress, Sights sights) {
        this.live = live;
        this.known = known;
        this.evidence = evidence;
        this.progress = progress;
        this.sights = sights;
    }

    /**
     * A value that was opened.
     *
     * @param moment at which the evidence held all that it is made of
     * @param places where in the log each version on its page came, by record and key
     */
    record Found(Opened opened, Instant moment, Map<String, Map<String, Place>> places) {

        Place place(String record, String key) {
            Place place = places.getOrDefault(record, Map.of()).get(key);
            if (place == null) {
                throw new IllegalStateException("no evidence of " + record + " " + key);
            }
            return place;
        }
    }

    /**
     * The value of now: of the moment at which the live figures are looked at, when the evidence follows them in time, else
     * of what it holds.
     *
     * @throws Refusal.Unavailable when the evidence cannot be read, or others take their time
     */
    Found now(Opened.Question question, Horizon horizon) {
        return fromLive(question, _ -> true)
                .filter(opened -> awaitEvidence(opened.positions().next()))
                .flatMap(opened -> Optional.of(sights.horizon(Sights.AS_OF, null))
                        // The next page stands on the day of this moment.
                        .filter(reached ->
                                sights.today(reached).equals(question.figures().today()))
                        .map(reached -> located(opened, reached)))
                .filter(Opening::isWhole)
                .orElseGet(() -> fromEvidence(question, horizon));
    }

    /**
     * The value of a moment.
     *
     * @param served the figure as the live ones count it
     * @throws Refusal.Unavailable when the evidence cannot be read, or others take their time
     */
    Found at(Opened.Question question, Figure served, Horizon horizon) {
        Figure figure = question.query().indicator();
        Map<TopicPartition, Long> then = KnownFigures.own(figure, horizon).next();
        return Optional.of(figure)
                .filter(served::equals)
                // The live figures are counted by the regions of today.
                .filter(_ -> question.figures().hasRegionsOf(sights.now().figures()))
                .flatMap(_ -> fromLive(question, then::equals))
                .map(opened -> located(opened, horizon))
                .filter(Opening::isWhole)
                .orElseGet(() -> fromEvidence(question, horizon));
    }

    /** Empty when the live figures stand elsewhere, or do not have it yet. */
    private Optional<Opened> fromLive(Opened.Question question, Predicate<Map<TopicPartition, Long>> expected) {
        Figure figure = question.query().indicator();
        Function<Cut, Boolean> stands = cut -> cut.has(figure)
                && expected.test(cut.positions().of(KnownFigures.topics(figure)).next());
        // Nobody waits for a turn to find out that he needs none.
        return live.read(stands)
                ? looking.through(() ->
                        live.read(cut -> Optional.of(cut).filter(stands::apply).map(question::in)))
                : Optional.empty();
    }

    private Found fromEvidence(Opened.Question question, Horizon horizon) {
        return located(known.of(question.query().indicator(), horizon).read(question::in), horizon);
    }

    private boolean awaitEvidence(Map<TopicPartition, Long> next) {
        try {
            return progress.await(
                    () -> new Horizon(Instant.EPOCH, progress.next()).reaches(next),
                    System.nanoTime() + PATIENCE.toNanos());
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }

    /** With one question for each record. */
    private Found located(Opened opened, Horizon horizon) {
        Map<String, Map<String, Place>> places = new HashMap<>();
        try {
            for (Map.Entry<String, Map<String, Integer>> each : versions(opened).entrySet()) {
                places.put(each.getKey(), evidence.places(each.getKey(), each.getValue()));
            }
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
        return new Found(opened, horizon.moment(), places);
    }

    private static Map<String, Map<String, Integer>> versions(Opened opened) {
        Map<String, Map<String, Integer>> versions = new HashMap<>();
        for (Opened.Shown shown : opened.shown()) {
            note(versions, shown.record(), shown.given().key, shown.given().version);
            shown.joined().forEach(joined -> note(versions, joined.record(), joined.key(), joined.version()));
        }
        return versions;
    }

    private static void note(Map<String, Map<String, Integer>> versions, String record, String key, int version) {
        versions.computeIfAbsent(record, _ -> new HashMap<>()).put(key, version);
    }

    /** A version that the evidence had to set aside is not there. */
    private static boolean isWhole(Found found) {
        return versions(found.opened()).entrySet().stream()
                .allMatch(each -> found.places()
                        .getOrDefault(each.getKey(), Map.of())
                        .keySet()
                        .containsAll(each.getValue().keySet()));
    }
}
