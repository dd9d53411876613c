package org.voyage.indicators.asof;

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
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Definitions;
import org.voyage.indicators.live.LiveReader;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/** By which definitions the figures were computed at a moment: noted at each start of the service. */
@ApplicationScoped
public class DefinitionsThen {

    private static final Logger LOG = Logger.getLogger(DefinitionsThen.class);

    private static final int FIRST = 10;
    /** Where more than one in so many is new, as at the very first start, none is named. */
    private static final int FEW = 4;
    /** So many different sets of files are read once and not for each question. */
    private static final int KEPT = 8;

    private final InForce notes;
    private final Definitions definitions;
    private final LiveReader live;
    /** By the bytes of all files; what was asked for longest ago comes first. Guarded by {@code this}. */
    private final Map<Map<String, ByteBuffer>, Catalogue> read = new LinkedHashMap<>(16, 0.75f, true);

    private volatile Map<String, Instant> first = Map.of();

    DefinitionsThen(DataSource dataSource, Definitions definitions, Catalogue catalogue, LiveReader live) {
        this.live = live;
        this.notes = new InForce(dataSource, "definition_in_force");
        this.definitions = definitions;
        this.read.put(key(definitions.files()), catalogue);
    }

    /** Before the figures begin to be counted. */
    void note(@Observes @Priority(FIRST) StartupEvent start) {
        Set<String> changed = notes.note(definitions.files());
        if (changed.size() * FEW <= definitions.files().size()) {
            live.noteNewFigures(changed);
        }
        first = notes.first();
    }

    /**
     * The figures as they were defined then; before a figure was defined at all, as it was at first. Those whose definition
     * cannot be read any more are not there.
     *
     * @throws Refusal.Unavailable when the database cannot be read
     */
    public Catalogue at(Instant moment) {
        try {
            return read(notes.at(moment));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /** Whether the figure was not defined yet, so that its first definition stands for that moment too. */
    public boolean isBeforeFirst(String code, Instant moment) {
        Instant defined = first.get(code);
        return defined != null && moment.isBefore(defined);
    }

    /** Reading all of them anew takes its time. */
    private synchronized Catalogue read(Map<String, byte[]> files) {
        Map<String, ByteBuffer> key = key(files);
        Catalogue known = read.get(key);
        if (known == null) {
            known = readable(files);
            if (read.size() >= KEPT) {
                read.remove(read.keySet().iterator().next());
            }
            read.put(key, known);
        }
        return known;
    }

    private static Catalogue readable(Map<String, byte[]> files) {
        try {
            return Definitions.of(files).catalogue(DefinitionsThen::unreadable);
        } catch (BadDefinition e) {
            unreadable(e);
            return new Catalogue(List.of());
        }
    }

    private static void unreadable(BadDefinition bad) {
        LOG.warnf("a definition of the past cannot be read any more: %s", bad.getMessage());
    }

    private static Map<String, ByteBuffer> key(Map<String, byte[]> files) {
        Map<String, ByteBuffer> key = new TreeMap<>();
        files.forEach((code, yaml) -> key.put(code, ByteBuffer.wrap(yaml)));
        return key;
    }
}
