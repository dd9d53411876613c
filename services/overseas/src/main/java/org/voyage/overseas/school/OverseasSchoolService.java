package org.voyage.overseas.school;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.Arrays;
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

/** Writes overseas schools. */
@ApplicationScoped
public class OverseasSchoolService implements Commands<OverseasSchool> {

    public static final RecordType<OverseasSchool> TYPE = new RecordType<>(
                    "overseas",
                    "overseas-school",
                    "overseas-schools",
                    new OverseasSchoolJson(),
                    OverseasSchoolService::inYear)
            .about(
                    "openedOn",
                    it -> it.openedOn() == null ? null : it.openedOn().getYear());

    private final Records<OverseasSchool> records;
    private final Children children;

    OverseasSchoolService(RecordTools tools, Children children) {
        this.records = new Records<>(TYPE, tools);
        this.children = children;
    }

    @Override
    public Records<OverseasSchool> records() {
        return records;
    }

    @Override
    public boolean bringsTwins() {
        return true;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<OverseasSchool> write(List<Sent<OverseasSchool>> sent, Writing writing) {
        return children.follow(TYPE, records.write(sent, writing, this::decide), writing, OverseasSchool::wasOpenLike);
    }

    private Result<OverseasSchool> decide(Sent<OverseasSchool> sent, Changes<OverseasSchool> changes) {
        if (sent.record() == null) {
            return changes.withdraw(sent, () -> children.requireNone(new Parent(TYPE.name(), sent.key())));
        }
        OverseasSchool standing = changes.standing(sent.key());
        if (standing != null) {
            standing.requireSuccessor(sent.record());
            if (!standing.countsLike(sent.record())) {
                Parent school = new Parent(TYPE.name(), sent.key());
                changes.requireOpenYears(sent.key(), year -> children.count(school, year));
            }
        }
        return changes.send(sent);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Written<OverseasSchool> move(Sent<OverseasSchool> sent, Move move, Writing writing) {
        Written<OverseasSchool> moved = records.move(sent, move, writing);
        return children.followMove(TYPE, sent.key(), move, moved, writing);
    }

    /** Those of the schools that ever were, kept from changing until the transaction ends. */
    public Map<Parent, Version<? extends OverseasSchool>> find(Collection<Parent> schools) {
        Map<Parent, Version<? extends OverseasSchool>> found = new HashMap<>();
        records.table()
                .share(schools.stream().map(Parent::key).toList())
                .forEach((key, school) -> found.put(new Parent(TYPE.name(), key), school));
        return found;
    }

    /**
     * All but its words and its status, which is of today and of no year; of its dates only those that lie in the year.
     * A planned one does not count, whatever its dates.
     */
    private static @Nullable Object inYear(OverseasSchool school, int year) {
        LocalDate opened = school.openedOn();
        LocalDate closed = school.closedOn();
        if (school.status() == OverseasSchoolStatus.PLANNED
                || opened == null
                || opened.getYear() > year
                || closed != null && closed.getYear() < year) {
            return null;
        }
        return Arrays.asList(
                opened.getYear() == year ? opened : null,
                closed != null && closed.getYear() == year ? closed : null,
                school.brand(),
                school.tier(),
                school.form(),
                school.hostCountry(),
                school.foundingColleges(),
                school.majors());
    }
}
