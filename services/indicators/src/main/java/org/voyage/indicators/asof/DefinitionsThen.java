package org.voyage.indicators.asof;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Definitions;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.LiveReader;
import org.voyage.kit.web.Refusal;

/** By which definitions the figures were computed at a moment: noted at each start of the service. */
@ApplicationScoped
public class DefinitionsThen {

    private static final Logger LOG = Logger.getLogger(DefinitionsThen.class);

    private static final int FIRST = 10;
    /** Where more than one in so many is new, as at the very first start, all are counted at once. */
    private static final int FEW = 4;

    private final InForce notes;
    private final Definitions definitions;
    private final Catalogue catalogue;
    private final LiveReader live;

    DefinitionsThen(DataSource dataSource, Definitions definitions, Catalogue catalogue, LiveReader live) {
        this.live = live;
        this.notes = new InForce(dataSource, "definition_in_force");
        this.definitions = definitions;
        this.catalogue = catalogue;
    }

    /** Before the figures begin to be counted. */
    void note(@Observes @Priority(FIRST) StartupEvent start) throws SQLException {
        Set<String> changed = notes.note(definitions.files());
        if (changed.size() * FEW <= definitions.files().size()) {
            live.countLater(changed);
        }
    }

    /**
     * The figure as it was defined then; empty when it was not there, or its definition cannot be read any more.
     *
     * @throws Refusal.Unavailable when the database cannot be read
     */
    public Optional<Figure> figure(String code, Instant moment) {
        try {
            Map<String, byte[]> files = notes.at(moment);
            Catalogue then =
                    isOfToday(files) ? catalogue : Definitions.of(files).catalogue();
            return then.find(code);
        } catch (BadDefinition e) {
            LOG.warnf("the definitions of %s cannot be read any more: %s", moment, e.getMessage());
            return Optional.empty();
        } catch (SQLException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /** Reading all of them anew takes its time. */
    private boolean isOfToday(Map<String, byte[]> files) {
        Map<String, byte[]> today = definitions.files();
        return files.keySet().equals(today.keySet())
                && files.entrySet().stream().allMatch(file -> Arrays.equals(file.getValue(), today.get(file.getKey())));
    }
}
