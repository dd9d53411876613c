package org.voyage.indicators.history;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.voyage.indicators.definition.DefinitionSet;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.InvalidDefinitionException;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/** History of the definitions that computed the figures, recorded at each start of the service. */
@ApplicationScoped
public class DefinitionHistory {

    private static final Logger LOG = Logger.getLogger(DefinitionHistory.class);

    private static final int NOTE_PRIORITY = 10;
    /** If more than one in this number of figures is new, as at the first start, the health check names none. */
    private static final int NEW_FIGURES_SHARE_DIVISOR = 4;
    /** Maximum number of cached catalogues, each for a different set of files. */
    private static final int MAX_CATALOGUES = 8;

    private final EffectiveHistoryTable history;
    private final DefinitionSet definitions;
    private final LiveFiguresUpdater live;
    /** Catalogues by the content of all files, the least recently used first. Guarded by {@code this}. */
    private final Map<Map<String, ByteBuffer>, FigureCatalogue> cataloguesByContent =
            new LinkedHashMap<>(16, 0.75f, true);

    private volatile Map<String, Instant> firstRecorded = Map.of();

    DefinitionHistory(
            DataSource dataSource, DefinitionSet definitions, FigureCatalogue catalogue, LiveFiguresUpdater live) {
        this.live = live;
        this.history = new EffectiveHistoryTable(dataSource, "definition_in_force");
        this.definitions = definitions;
        this.cataloguesByContent.put(toContentKey(definitions.files()), catalogue);
    }

    /** Records the definitions before the figures are counted. */
    void recordDefinitions(@Observes @Priority(NOTE_PRIORITY) StartupEvent start) {
        Set<String> changed = history.recordChanged(definitions.files());
        if (changed.size() * NEW_FIGURES_SHARE_DIVISOR <= definitions.files().size()) {
            live.noteNewFigures(changed);
        }
        firstRecorded = history.findFirstRecorded();
    }

    /**
     * Returns the figures as they were defined at a point in time; before the first definition of a figure, its first
     * definition. Figures whose definition is no longer valid are missing.
     *
     * @throws Refusal.Unavailable when the database cannot be read
     */
    public FigureCatalogue catalogueAt(Instant moment) {
        try {
            return findOrReadCatalogue(history.findInForceAt(moment));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /** Returns whether the figure was not yet defined, so that its first definition applies to that time too. */
    public boolean isBeforeFirst(String code, Instant moment) {
        Instant defined = firstRecorded.get(code);
        return defined != null && moment.isBefore(defined);
    }

    /** Returns a cached catalogue: parsing all files takes time. */
    private synchronized FigureCatalogue findOrReadCatalogue(Map<String, byte[]> files) {
        Map<String, ByteBuffer> key = toContentKey(files);
        FigureCatalogue known = cataloguesByContent.get(key);
        if (known == null) {
            known = readValidDefinitions(files);
            if (cataloguesByContent.size() >= MAX_CATALOGUES) {
                cataloguesByContent.remove(
                        cataloguesByContent.keySet().iterator().next());
            }
            cataloguesByContent.put(key, known);
        }
        return known;
    }

    private static FigureCatalogue readValidDefinitions(Map<String, byte[]> files) {
        try {
            return DefinitionSet.of(files).buildCatalogue(DefinitionHistory::logUnreadable);
        } catch (InvalidDefinitionException e) {
            logUnreadable(e);
            return new FigureCatalogue(List.of());
        }
    }

    private static void logUnreadable(InvalidDefinitionException bad) {
        LOG.warnf("a definition of the past cannot be read any more: %s", bad.getMessage());
    }

    private static Map<String, ByteBuffer> toContentKey(Map<String, byte[]> files) {
        Map<String, ByteBuffer> key = new TreeMap<>();
        files.forEach((code, yaml) -> key.put(code, ByteBuffer.wrap(yaml)));
        return key;
    }
}
