package org.voyage.feeds.alliance;

import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishableRecord;

/** Republication of the states of all members of alliances, after a restore of the log. */
@ApplicationScoped
class MemberRepublication implements RepublishableRecord {

    @Override
    public String record() {
        return RegistryEvents.MEMBER;
    }

    @Override
    public List<OutgoingEvent> nextPage(Optional<String> after, int limit, String actor) {
        return AllianceMember.<AllianceMember>find(
                        "concat(alliance, '.', id) > ?1 order by concat(alliance, '.', id)",
                        after.map(RegistryEvents::sourceIdOfKey).orElse(""))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .page(Page.ofSize(limit))
                .stream()
                .map(member -> RegistryEvents.toRepublished(
                        RegistryEvents.MEMBER,
                        AllianceMembers.sourceIdOf(member.alliance, member.id),
                        member.version,
                        member.isPresent() ? RegistryEvents.stateOf(member.alliance, member.fields()) : null,
                        actor))
                .toList();
    }
}
