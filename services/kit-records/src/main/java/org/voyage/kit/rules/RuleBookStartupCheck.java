package org.voyage.kit.rules;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Start-up check that reads the rules before a client can send a record: an invalid file stops the start. */
@ApplicationScoped
public class RuleBookStartupCheck {

    private static final Logger LOG = Logger.getLogger(RuleBookStartupCheck.class);

    void read(@Observes StartupEvent started, RuleBook book) {
        LOG.infof("%d rules", book.rules().size());
    }
}
