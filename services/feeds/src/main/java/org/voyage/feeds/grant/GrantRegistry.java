package org.voyage.feeds.grant;

import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.alliance.AdmittedAlliance;
import org.voyage.feeds.alliance.AllianceRegistry;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.http.ETags;
import org.voyage.kit.problem.Refusal;

/** Grants of alliances, with all their versions; each write in one transaction with its audit entry. */
@ApplicationScoped
class GrantRegistry {

    static final String AUDIT_RECORD = "grant";

    private static final String CURRENT = "alliance = ?1 and supersededAt is null and withdrawn = false";

    private final EntityManager entities;
    private final AllianceRegistry alliances;
    private final AuditTrail audit;

    GrantRegistry(EntityManager entities, AllianceRegistry alliances, AuditTrail audit) {
        this.entities = entities;
        this.alliances = alliances;
        this.audit = audit;
    }

    /** @param created whether there was none in force before */
    record GrantWrite(GrantVersion grant, boolean created) {}

    Optional<GrantVersion> find(String alliance, String id) {
        return GrantVersion.<GrantVersion>find(CURRENT + " and id = ?2", alliance, id)
                .firstResultOptional();
    }

    /** Returns the current grants after an id, in the order of their ids, those not yet or no longer in force included. */
    List<GrantVersion> list(String alliance, String after, int limit) {
        return GrantVersion.<GrantVersion>find(CURRENT + " and id > ?2 order by id", alliance, after)
                .page(Page.ofSize(limit))
                .list();
    }

    /** Returns what {@link #store} would make of the fields, without storing it. */
    GrantVersion draft(String alliance, String id, GrantFields fields, String by, ETags conditions) {
        return alliances.callExclusively(alliance, known -> {
            requireAdmitted(known);
            Optional<GrantVersion> present = find(alliance, id);
            conditions.requireMatch(
                    present.map(its -> OptionalLong.of(its.version)).orElse(OptionalLong.empty()));
            return present.filter(its -> its.fieldsOf().equals(fields))
                    .orElseGet(() -> createVersion(alliance, id, fields, by, findLast(alliance, id)));
        });
    }

    GrantWrite store(String alliance, String id, GrantFields fields, String by, ETags conditions) {
        return alliances.callExclusively(alliance, known -> {
            requireAdmitted(known);
            Optional<GrantVersion> present = find(alliance, id);
            conditions.requireMatch(
                    present.map(its -> OptionalLong.of(its.version)).orElse(OptionalLong.empty()));
            if (present.filter(its -> its.fieldsOf().equals(fields)).isPresent()) {
                return new GrantWrite(present.get(), false);
            }
            GrantVersion next = append(alliance, id, fields, by, false);
            note("grant-changed", next);
            return new GrantWrite(next, present.isEmpty());
        });
    }

    void withdraw(String alliance, String id, String reason, String by, ETags conditions) {
        alliances.callExclusively(alliance, known -> {
            requireAdmitted(known);
            GrantVersion present = find(alliance, id).orElseThrow(Refusal.NotFound::new);
            conditions.requireMatch(OptionalLong.of(present.version));
            GrantVersion last = append(alliance, id, present.fieldsOf(), by, true);
            entities.flush();
            audit.appendEntries(AuditEntry.done(
                    "grant-withdrawn",
                    AUDIT_RECORD,
                    null,
                    alliance + "/" + id,
                    Map.of("version", last.version, "reason", reason)));
            return true;
        });
    }

    private GrantVersion append(String alliance, String id, GrantFields fields, String by, boolean withdrawn) {
        GrantVersion last = findLast(alliance, id);
        GrantVersion next = createVersion(alliance, id, fields, by, last);
        next.withdrawn = withdrawn;
        if (last != null) {
            last.supersededAt = next.changedAt;
            entities.flush();
        }
        next.persist();
        return next;
    }

    /** Returns the newest version, a withdrawn one included. */
    private static @Nullable GrantVersion findLast(String alliance, String id) {
        return GrantVersion.<GrantVersion>find("alliance = ?1 and id = ?2 and supersededAt is null", alliance, id)
                .firstResult();
    }

    private static GrantVersion createVersion(
            String alliance, String id, GrantFields fields, String by, @Nullable GrantVersion last) {
        GrantVersion next = new GrantVersion();
        next.alliance = alliance;
        next.id = id;
        next.version = last == null ? 1 : last.version + 1;
        next.rule = fields.rule().toJson();
        next.fields = fields.fields();
        next.figureEvents = fields.figureEvents();
        next.legalBasis = fields.legalBasis();
        next.from = fields.from();
        next.until = fields.until();
        next.changedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        next.changedBy = by;
        return next;
    }

    private void note(String action, GrantVersion grant) {
        entities.flush();
        audit.appendEntries(AuditEntry.done(
                action,
                AUDIT_RECORD,
                null,
                grant.alliance + "/" + grant.id,
                Map.of(
                        "version",
                        grant.version,
                        "rule",
                        grant.rule,
                        "fields",
                        grant.fields,
                        "figureEvents",
                        grant.figureEvents)));
    }

    private static void requireAdmitted(Optional<AdmittedAlliance> alliance) {
        if (alliance.filter(its -> its.withdrawnAt == null).isEmpty()) {
            throw new Refusal.NotFound();
        }
    }
}
