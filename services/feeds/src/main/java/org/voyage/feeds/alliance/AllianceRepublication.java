package org.voyage.feeds.alliance;

import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishableRecord;

/** Republication of the states of all alliances, after a restore of the log. */
@ApplicationScoped
class AllianceRepublication implements RepublishableRecord {

    @Override
    public String record() {
        return RegistryEvents.ALLIANCE;
    }

    @Override
    public List<OutgoingEvent> nextPage(Optional<String> after, int limit, String actor) {
        return AdmittedAlliance.<AdmittedAlliance>find(
                        "code > ?1 order by code",
                        after.map(RegistryEvents::sourceIdOfKey).orElse(""))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .page(Page.ofSize(limit))
                .stream()
                .map(alliance -> RegistryEvents.toRepublished(
                        RegistryEvents.ALLIANCE,
                        alliance.code,
                        alliance.version,
                        alliance.isAdmitted() ? RegistryEvents.stateOf(alliance) : null,
                        actor))
                .toList();
    }
}
