package org.voyage.standards.standard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.Changes;
import org.voyage.kit.record.Children;
import org.voyage.kit.record.Commands;
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

/** Writes standards. Figures see a standard only through its recognitions, so these say which years it touches. */
@ApplicationScoped
public class StandardService implements Commands<Standard> {

    public static final RecordType<Standard> TYPE = new RecordType<>(
                    "standards", "standard", "standards", new StandardJson(), (standard, year) -> null)
            .about("edition", StandardService::yearOfEdition);

    private final Records<Standard> records;
    private final Children children;

    StandardService(RecordTools tools, Children children) {
        this.records = new Records<>(TYPE, tools);
        this.children = children;
    }

    /** An edition may have a name instead of a year. */
    private static @Nullable Integer yearOfEdition(Standard standard) {
        String edition = standard.edition();
        return edition.matches("[0-9]{4}\\b.*") ? Integer.valueOf(edition.substring(0, 4)) : null;
    }

    @Override
    public Records<Standard> records() {
        return records;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<Standard> write(List<Sent<Standard>> sent, Writing writing) {
        return children.follow(TYPE, records.write(sent, writing, this::decide), writing);
    }

    private Result<Standard> decide(Sent<Standard> sent, Changes<Standard> changes) {
        if (sent.record() == null) {
            return changes.withdraw(sent, () -> children.requireNone(new Parent(TYPE.name(), sent.key())));
        }
        Standard standing = changes.standing(sent.key());
        if (standing != null && !standing.countsLike(sent.record())) {
            Parent standard = new Parent(TYPE.name(), sent.key());
            changes.requireOpenYears(sent.key(), year -> children.count(standard, year));
        }
        return changes.send(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<Standard> move(Sent<Standard> sent, Move move, Writing writing) {
        return children.followMove(TYPE, sent.key(), move, records.move(sent, move, writing), writing);
    }

    /** Those of the standards that ever were, kept from changing until the transaction ends. */
    public Map<Parent, Version<? extends Standard>> find(Collection<Parent> standards) {
        Map<Parent, Version<? extends Standard>> found = new HashMap<>();
        records.table()
                .share(standards.stream().map(Parent::key).toList())
                .forEach((key, standard) -> found.put(new Parent(TYPE.name(), key), standard));
        return found;
    }
}
