package org.voyage.indicators.feature.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.EvidenceHistory.VersionLocation;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.evidence.checkpoint.ConsumerOffsets;
import org.voyage.indicators.history.AsOfFigures;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.AsOfResolver;
import org.voyage.indicators.query.Bulkhead;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/**
 * Opens a value down to the records behind it. The live figures hold them all, and are asked as long as they stand where the
 * question does; only of another moment the figure is built from the evidence of then.
 */
@ApplicationScoped
class DrillDownService {

    /** So long a live answer waits for the evidence, which is stored a moment after the figures have moved. */
    private static final Duration MAX_EVIDENCE_WAIT = Duration.ofSeconds(1);

    private static final int RETRY_AFTER_SECONDS = 2;

    private final LiveFigures live;
    private final AsOfFigures asOfFigures;
    private final EvidenceHistory evidence;
    private final ConsumerOffsets progress;
    private final AsOfResolver sights;
    /** One goes over all facts at a time: who does keeps what comes from being applied meanwhile. */
    private final Bulkhead bulkhead = new Bulkhead(1);

    DrillDownService(
            LiveFigures live,
            AsOfFigures known,
            EvidenceHistory evidence,
            ConsumerOffsets progress,
            AsOfResolver sights) {
        this.live = live;
        this.asOfFigures = known;
        this.evidence = evidence;
        this.progress = progress;
        this.sights = sights;
    }

    /**
     * A value that was opened.
     *
     * @param time at which the evidence held all that it is made of
     * @param locations where in the log each version on its page came, by record and key
     */
    record LocatedDrillDown(DrillDown opened, Instant time, Map<String, Map<String, VersionLocation>> locations) {

        VersionLocation findLocation(String record, String key) {
            VersionLocation place = locations.getOrDefault(record, Map.of()).get(key);
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
    LocatedDrillDown openNow(DrillDown.DrillDownQuery question, Checkpoint horizon) {
        return openFromLive(question, _ -> true)
                .filter(opened -> awaitEvidence(opened.positions().nextOffsets()))
                .flatMap(opened -> Optional.of(sights.checkpointOf(AsOfResolver.AS_OF, null))
                        // The next page stands on the day of this moment.
                        .filter(reached -> sights.todayAt(reached)
                                .equals(question.figures().today()))
                        .map(reached -> locate(opened, reached)))
                .filter(DrillDownService::isComplete)
                .orElseGet(() -> openFromEvidence(question, horizon));
    }

    /**
     * The value of a moment.
     *
     * @param served the figure as the live ones count it
     * @throws Refusal.Unavailable when the evidence cannot be read, or others take their time
     */
    LocatedDrillDown openAsOf(DrillDown.DrillDownQuery question, Figure served, Checkpoint horizon) {
        Figure figure = question.query().figure();
        Map<TopicPartition, Long> then =
                AsOfFigures.restrictToFigure(figure, horizon).nextOffsets();
        return Optional.of(figure)
                .filter(served::equals)
                // The live figures are counted by the regions of today.
                .filter(_ ->
                        question.figures().hasSameRegionsAs(sights.liveView().figures()))
                .flatMap(_ -> openFromLive(question, then::equals))
                .map(opened -> locate(opened, horizon))
                .filter(DrillDownService::isComplete)
                .orElseGet(() -> openFromEvidence(question, horizon));
    }

    /** Empty when the live figures stand elsewhere, or do not have it yet. */
    private Optional<DrillDown> openFromLive(
            DrillDown.DrillDownQuery question, Predicate<Map<TopicPartition, Long>> expected) {
        Figure figure = question.query().figure();
        Function<FiguresView, Boolean> stands = cut -> cut.isReady(figure)
                && expected.test(
                        cut.positions().restrictTo(AsOfFigures.topicsOf(figure)).nextOffsets());
        // Nobody waits for a turn to find out that he needs none.
        return live.readView(stands)
                ? bulkhead.runWithin(() -> live.readView(
                        cut -> Optional.of(cut).filter(stands::apply).map(question::open)))
                : Optional.empty();
    }

    private LocatedDrillDown openFromEvidence(DrillDown.DrillDownQuery question, Checkpoint horizon) {
        return locate(asOfFigures.figureAt(question.query().figure(), horizon).readView(question::open), horizon);
    }

    private boolean awaitEvidence(Map<TopicPartition, Long> next) {
        try {
            return progress.awaitCondition(
                    () -> new Checkpoint(Instant.EPOCH, progress.nextOffsets()).includes(next),
                    System.nanoTime() + MAX_EVIDENCE_WAIT.toNanos());
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
    }

    /** With one question for each record. */
    private LocatedDrillDown locate(DrillDown opened, Checkpoint horizon) {
        Map<String, Map<String, VersionLocation>> places = new HashMap<>();
        try {
            for (Map.Entry<String, Map<String, Integer>> each :
                    collectVersions(opened).entrySet()) {
                places.put(each.getKey(), evidence.findLocations(each.getKey(), each.getValue()));
            }
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
        return new LocatedDrillDown(opened, horizon.time(), places);
    }

    private static Map<String, Map<String, Integer>> collectVersions(DrillDown opened) {
        Map<String, Map<String, Integer>> versions = new HashMap<>();
        for (DrillDown.ShownContribution shown : opened.contributions()) {
            addVersion(versions, shown.record(), shown.contribution().key, shown.contribution().version);
            shown.joined().forEach(joined -> addVersion(versions, joined.record(), joined.key(), joined.version()));
        }
        return versions;
    }

    private static void addVersion(Map<String, Map<String, Integer>> versions, String record, String key, int version) {
        versions.computeIfAbsent(record, _ -> new HashMap<>()).put(key, version);
    }

    /** A version that the evidence had to set aside is not there. */
    private static boolean isComplete(LocatedDrillDown found) {
        return collectVersions(found.opened()).entrySet().stream()
                .allMatch(each -> found.locations()
                        .getOrDefault(each.getKey(), Map.of())
                        .keySet()
                        .containsAll(each.getValue().keySet()));
    }
}
