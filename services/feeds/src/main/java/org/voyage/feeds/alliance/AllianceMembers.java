package org.voyage.feeds.alliance;

import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.voyage.feeds.alliance.AllianceMember.MemberKey;
import org.voyage.feeds.alliance.AllianceRegistry.RegistryWrite;
import org.voyage.feeds.alliance.RegistryEvents.RegistryChange;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.http.ETags;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Refusal;

/** Members of alliances: each write in one transaction with its event and its audit entry. */
@ApplicationScoped
public class AllianceMembers {

    private final EntityManager entities;
    private final AllianceRegistry alliances;
    private final RegistryEvents events;
    private final AuditTrail audit;

    AllianceMembers(EntityManager entities, AllianceRegistry alliances, RegistryEvents events, AuditTrail audit) {
        this.entities = entities;
        this.alliances = alliances;
        this.events = events;
        this.audit = audit;
    }

    /** Numbers of members that a file has changed. */
    public record MemberFileResult(int created, int corrected, int unchanged, Receipt receipt) {}

    Optional<AllianceMember> find(String alliance, String id) {
        return AllianceMember.<AllianceMember>findByIdOptional(new MemberKey(alliance, id))
                .filter(AllianceMember::isPresent);
    }

    /** Returns the members after an id, in the order of their ids; former ones included, withdrawn ones not. */
    List<AllianceMember> list(String alliance, String after, int limit) {
        return AllianceMember.<AllianceMember>find(
                        "alliance = ?1 and withdrawnAt is null and id > ?2 order by id", alliance, after)
                .page(Page.ofSize(limit))
                .list();
    }

    RegistryWrite<AllianceMember> store(String alliance, String id, MemberFields fields, ETags conditions) {
        return alliances.callExclusively(alliance, known -> {
            requireAdmitted(known);
            Optional<AllianceMember> present = find(alliance, id);
            conditions.requireMatch(
                    present.map(its -> OptionalLong.of(its.version)).orElse(OptionalLong.empty()));
            List<RegistryChange> changes = new ArrayList<>();
            AllianceMember member = apply(alliance, id, fields, changes);
            return new RegistryWrite<>(
                    member,
                    present.isEmpty(),
                    note("member-changed", alliance + "/" + id, Map.of("version", member.version), changes));
        });
    }

    /** Stores the members of a file, all or none; members that it does not name stay. */
    MemberFileResult storeAll(String alliance, Map<String, MemberFields> members) {
        return alliances.callExclusively(alliance, known -> {
            requireAdmitted(known);
            List<RegistryChange> changes = new ArrayList<>();
            members.forEach((id, fields) -> apply(alliance, id, fields, changes));
            int created = (int)
                    changes.stream().filter(change -> change.before() == null).count();
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("created", created);
            details.put("corrected", changes.size() - created);
            return new MemberFileResult(
                    created,
                    changes.size() - created,
                    members.size() - changes.size(),
                    note("members-loaded", alliance, details, changes));
        });
    }

    Receipt withdraw(String alliance, String id, String reason, ETags conditions) {
        return alliances.callExclusively(alliance, known -> {
            requireAdmitted(known);
            AllianceMember member = find(alliance, id).orElseThrow(Refusal.NotFound::new);
            conditions.requireMatch(OptionalLong.of(member.version));
            member.withdrawnAt = AllianceRegistry.now();
            member.version++;
            return note(
                    "member-withdrawn",
                    alliance + "/" + id,
                    Map.of("version", member.version),
                    List.of(toWithdrawal(member, reason)));
        });
    }

    static RegistryChange toWithdrawal(AllianceMember member, String reason) {
        return new RegistryChange(
                RegistryEvents.MEMBER,
                sourceIdOf(member.alliance, member.id),
                member.version,
                RegistryEvents.stateOf(member.alliance, member.fields()),
                null,
                reason);
    }

    /** Returns the source id of a member in events; the code of an alliance has no dot. */
    static String sourceIdOf(String alliance, String id) {
        return alliance + "." + id;
    }

    private static AllianceMember apply(String alliance, String id, MemberFields fields, List<RegistryChange> changes) {
        AllianceMember stored = AllianceMember.findById(new MemberKey(alliance, id));
        boolean isPresent = stored != null && stored.isPresent();
        if (stored != null && isPresent && stored.fields().equals(fields)) {
            return stored;
        }
        var before = stored != null && isPresent ? RegistryEvents.stateOf(alliance, stored.fields()) : null;
        AllianceMember member = stored == null ? new AllianceMember() : stored;
        member.alliance = alliance;
        member.id = id;
        member.setFields(fields);
        member.withdrawnAt = null;
        member.version++;
        member.persist();
        changes.add(new RegistryChange(
                RegistryEvents.MEMBER,
                sourceIdOf(alliance, id),
                member.version,
                before,
                RegistryEvents.stateOf(alliance, fields),
                null));
        return member;
    }

    private Receipt note(String action, String object, Map<String, ?> details, List<RegistryChange> changes) {
        if (changes.isEmpty()) {
            return Receipt.EMPTY;
        }
        entities.flush();
        Instant at = AllianceRegistry.now();
        audit.appendEntries(AuditEntry.done(action, RegistryEvents.MEMBER, null, object, details));
        return events.appendChanges(changes, at);
    }

    private static void requireAdmitted(Optional<AdmittedAlliance> alliance) {
        if (alliance.filter(AdmittedAlliance::isAdmitted).isEmpty()) {
            throw new Refusal.NotFound();
        }
    }
}
