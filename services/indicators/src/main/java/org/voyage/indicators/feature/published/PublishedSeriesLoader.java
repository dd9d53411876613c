package org.voyage.indicators.feature.published;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.feature.published.PublishedStatistic.SetVersion;
import org.voyage.indicators.reference.PublishedSeries;
import org.voyage.indicators.reference.PublishedSeries.PrintedNumber;
import org.voyage.indicators.reference.PublishedSeries.SeriesSet;
import org.voyage.indicators.reference.PublishedSeries.SeriesYear;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.problem.Refusal;

/**
 * Loader of the published numbers that derived figures divide by. It keeps them in memory, because no figure may wait
 * for the database. Another instance may load a set, so it looks for new sets regularly.
 */
@ApplicationScoped
class PublishedSeriesLoader {

    private static final Logger LOG = Logger.getLogger(PublishedSeriesLoader.class);
    private static final String YEAR_PATTERN = "\\d{4}";

    private final PublishedSeries series;
    private final PublishedSetStore store;
    private final Set<String> wanted = new HashSet<>();
    private long loadedChanges = -1;

    PublishedSeriesLoader(ReferenceData reference, FigureCatalogue catalogue, PublishedSetStore store) {
        this.series = reference.series();
        this.store = store;
        catalogue.figures().forEach(figure -> {
            if (figure instanceof DerivedFigure derived
                    && derived.rule() instanceof DerivationRule.PublishedShareRule share) {
                wanted.add(share.series());
            }
        });
    }

    void start(@Observes StartupEvent event) {
        loadIfChanged();
    }

    @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void refreshSeries() {
        loadIfChanged();
    }

    /** Loads the sets again if one was loaded or withdrawn since. While the database is away, the last ones stay. */
    synchronized void loadIfChanged() {
        try {
            long changes = store.countChanges();
            if (changes != loadedChanges) {
                series.replaceSets(readSets());
                loadedChanges = changes;
            }
        } catch (Refusal.Unavailable e) {
            LOG.warn("the published series cannot be read; the last ones stay in use");
        }
    }

    private List<SeriesSet> readSets() {
        List<SeriesSet> sets = new ArrayList<>();
        sets.add(new SeriesSet(
                SetVersion.BUILT_IN.set(),
                SetVersion.BUILT_IN.version(),
                true,
                Instant.MIN,
                null,
                numbersOf(PublishedFileParser.readBuiltIn())));
        for (PublishedSet set : store.findAllVersions()) {
            byte[] csv = store.findContent(set.setVersion()).orElseGet(() -> new byte[0]);
            List<PublishedStatistic> lines =
                    PublishedFileParser.parseRows(PublishedFile.parse(csv), set.setVersion(), set.publishedOn())
                            .stream()
                            .map(PublishedFileParser.ParsedStatistic::line)
                            .toList();
            sets.add(new SeriesSet(
                    set.setVersion().set(),
                    set.setVersion().version(),
                    false,
                    set.loadedAt(),
                    set.withdrawal().map(PublishedSet.SetWithdrawal::at).orElse(null),
                    numbersOf(lines)));
        }
        return sets;
    }

    /** Returns whether derived figures divide by the numbers of this name. */
    boolean isWhole(String name) {
        return wanted.contains(name);
    }

    /** Leaves out numbers that are not above 0: a set may have been loaded before these were refused. */
    private Map<SeriesYear, PrintedNumber> numbersOf(List<PublishedStatistic> lines) {
        Map<SeriesYear, PrintedNumber> numbers = new HashMap<>();
        for (PublishedStatistic line : lines) {
            if (isWhole(line.figure())
                    && line.period().matches(YEAR_PATTERN)
                    && line.value().signum() > 0) {
                numbers.put(
                        new SeriesYear(line.figure(), Integer.parseInt(line.period())),
                        new PrintedNumber(line.value(), line.relation()));
            }
        }
        return numbers;
    }
}
