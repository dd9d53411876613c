package org.voyage.standards.recognition;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.Belonging;
import org.voyage.kit.record.Changes;
import org.voyage.kit.record.Child;
import org.voyage.kit.record.ChildRecords;
import org.voyage.kit.record.Commands;
import org.voyage.kit.record.Conditions;
import org.voyage.kit.record.Move;
import org.voyage.kit.record.Parent;
import org.voyage.kit.record.ParkedRows;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordTools;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.record.Records;
import org.voyage.kit.record.Result;
import org.voyage.kit.record.Sent;
import org.voyage.kit.record.Version;
import org.voyage.kit.record.Writing;
import org.voyage.kit.record.Written;
import org.voyage.kit.web.Finding;
import org.voyage.standards.standard.Standard;
import org.voyage.standards.standard.StandardService;

/** Writes recognitions; one whose standard is not there is parked. */
@ApplicationScoped
public class RecognitionService implements Commands<Recognition>, Child {

    public static final RecordType<Recognition> TYPE = new RecordType<>(
                    "standards", "recognition", "recognitions", new RecognitionJson(), Recognition::inYear)
            .about("decidedOn", it -> it.decidedOn().getYear());

    private final Records<Recognition> records;
    private final ChildRecords<Recognition, Standard> children;

    RecognitionService(RecordTools tools, ParkedRows parked, StandardService standards) {
        this.records = new Records<>(TYPE, tools);
        this.children = new ChildRecords<>(records, parked, new OfStandard(standards), RecognitionService::decide);
    }

    private record OfStandard(StandardService standards) implements Belonging<Recognition, Standard> {

        @Override
        public Parent parent(RecordKey key, Recognition record) {
            return new Parent(StandardService.TYPE.name(), new RecordKey(key.province(), record.standard()));
        }

        @Override
        public String field(Recognition record) {
            return "standard";
        }

        @Override
        public Recognition under(Recognition record, RecordKey standard) {
            return record.of(standard.sourceId());
        }

        /** A standard counts once however often it is recognised. */
        @Override
        public @Nullable Object about(Recognition record) {
            return null;
        }

        @Override
        public Map<Parent, Version<? extends Standard>> find(Collection<Parent> wanted) {
            return standards.find(wanted);
        }

        @Override
        public List<Finding> check(Recognition record, Standard standard) {
            return List.of();
        }
    }

    @Override
    public Records<Recognition> records() {
        return records;
    }

    private static Result<Recognition> decide(Sent<Recognition> sent, Changes<Recognition> changes) {
        Recognition standing = changes.standing(sent.key());
        if (standing != null) {
            standing.requireSuccessor(Objects.requireNonNull(sent.record()));
        }
        return changes.send(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<Recognition> write(List<Sent<Recognition>> sent, Writing writing) {
        return children.write(sent, writing);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<Recognition> move(Sent<Recognition> sent, Move move, Writing writing) {
        return records.move(sent, move, writing);
    }

    @Override
    public ChildRecords<Recognition, Standard> children() {
        return children;
    }

    @Override
    public Conditions under(Parent standard) {
        return new Conditions()
                .and(
                        "province = ? and standard = ?",
                        standard.key().province().code(),
                        standard.key().sourceId());
    }
}
