package org.voyage.cooperation.institution;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voyage.cooperation.agreement.Agreement;
import org.voyage.kit.record.Changes;
import org.voyage.kit.record.Children;
import org.voyage.kit.record.Commands;
import org.voyage.kit.record.Elsewhere;
import org.voyage.kit.record.Move;
import org.voyage.kit.record.Parent;
import org.voyage.kit.record.RecordTools;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.Records;
import org.voyage.kit.record.Result;
import org.voyage.kit.record.Sent;
import org.voyage.kit.record.Version;
import org.voyage.kit.record.Writing;
import org.voyage.kit.record.Written;

/** Writes cooperative institutions. */
@ApplicationScoped
public class CooperativeInstitutionService implements Commands<CooperativeInstitution> {

    public static final RecordType<CooperativeInstitution> TYPE = new RecordType<>(
                    "cooperation",
                    "cooperative-institution",
                    "cooperative-institutions",
                    new CooperativeInstitutionJson(),
                    CooperativeInstitution::inYear)
            .about("approvedOn", it -> it.agreement().approvedOn().getYear())
            .odd((key, it) -> Elsewhere.of(key, it.agreement().college()));

    private final Records<CooperativeInstitution> records;
    private final Children children;

    CooperativeInstitutionService(RecordTools tools, Children children) {
        this.records = new Records<>(TYPE, tools);
        this.children = children;
    }

    @Override
    public Records<CooperativeInstitution> records() {
        return records;
    }

    @Override
    public boolean bringsTwins() {
        return true;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<CooperativeInstitution> write(List<Sent<CooperativeInstitution>> sent, Writing writing) {
        return children.follow(
                TYPE,
                records.write(sent, writing, this::decide),
                writing,
                (before, after) -> before.agreement().stoodLike(after.agreement()));
    }

    private Result<CooperativeInstitution> decide(
            Sent<CooperativeInstitution> sent, Changes<CooperativeInstitution> changes) {
        if (sent.record() == null) {
            return changes.withdraw(sent, () -> children.requireNone(new Parent(TYPE.name(), sent.key())));
        }
        CooperativeInstitution standing = changes.standing(sent.key());
        if (standing != null) {
            Agreement agreed = sent.record().agreement();
            standing.agreement().requireSuccessor(agreed);
            if (!standing.agreement().countsLike(agreed)) {
                Parent institution = new Parent(TYPE.name(), sent.key());
                changes.requireOpenYears(sent.key(), year -> children.count(institution, year));
            }
        }
        return changes.send(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<CooperativeInstitution> move(Sent<CooperativeInstitution> sent, Move move, Writing writing) {
        return children.followMove(TYPE, sent.key(), move, records.move(sent, move, writing), writing);
    }

    /** Those of the institutions that ever were, kept from changing until the transaction ends. */
    public Map<Parent, Version<? extends CooperativeInstitution>> find(Collection<Parent> institutions) {
        Map<Parent, Version<? extends CooperativeInstitution>> found = new HashMap<>();
        records.table()
                .share(institutions.stream().map(Parent::key).toList())
                .forEach((key, institution) -> found.put(new Parent(TYPE.name(), key), institution));
        return found;
    }
}
