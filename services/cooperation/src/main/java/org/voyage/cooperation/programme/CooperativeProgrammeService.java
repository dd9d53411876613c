package org.voyage.cooperation.programme;

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

/** Writes cooperative programmes. */
@ApplicationScoped
public class CooperativeProgrammeService implements Commands<CooperativeProgramme> {

    public static final RecordType<CooperativeProgramme> TYPE = new RecordType<>(
                    "cooperation",
                    "cooperative-programme",
                    "cooperative-programmes",
                    new CooperativeProgrammeJson(),
                    CooperativeProgramme::inYear)
            .about("approvedOn", it -> it.agreement().approvedOn().getYear())
            .odd((key, it) -> Elsewhere.of(key, it.agreement().college()));

    private final Records<CooperativeProgramme> records;
    private final Children children;

    CooperativeProgrammeService(RecordTools tools, Children children) {
        this.records = new Records<>(TYPE, tools);
        this.children = children;
    }

    @Override
    public Records<CooperativeProgramme> records() {
        return records;
    }

    @Override
    public boolean bringsTwins() {
        return true;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<CooperativeProgramme> write(List<Sent<CooperativeProgramme>> sent, Writing writing) {
        return children.follow(
                TYPE,
                records.write(sent, writing, this::decide),
                writing,
                (before, after) -> before.agreement().stoodLike(after.agreement()));
    }

    private Result<CooperativeProgramme> decide(
            Sent<CooperativeProgramme> sent, Changes<CooperativeProgramme> changes) {
        if (sent.record() == null) {
            return changes.withdraw(sent, () -> children.requireNone(new Parent(TYPE.name(), sent.key())));
        }
        CooperativeProgramme standing = changes.standing(sent.key());
        if (standing != null) {
            Agreement agreed = sent.record().agreement();
            standing.agreement().requireSuccessor(agreed);
            if (!standing.agreement().countsLike(agreed)) {
                Parent programme = new Parent(TYPE.name(), sent.key());
                changes.requireOpenYears(sent.key(), year -> children.count(programme, year));
            }
        }
        return changes.send(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<CooperativeProgramme> move(Sent<CooperativeProgramme> sent, Move move, Writing writing) {
        return children.followMove(TYPE, sent.key(), move, records.move(sent, move, writing), writing);
    }

    /** Those of the programmes that ever were, kept from changing until the transaction ends. */
    public Map<Parent, Version<? extends CooperativeProgramme>> find(Collection<Parent> programmes) {
        Map<Parent, Version<? extends CooperativeProgramme>> found = new HashMap<>();
        records.table()
                .share(programmes.stream().map(Parent::key).toList())
                .forEach((key, programme) -> found.put(new Parent(TYPE.name(), key), programme));
        return found;
    }
}
