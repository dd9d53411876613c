package org.voyage.bench.baseline;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Entity with the fields of an inbound enrolment, without checks. */
@Entity
@SuppressWarnings("NullAway.Init")
public class Enrolment extends PanacheEntityBase {

    @Id
    public String id;

    public String nationality;
    public String college;
    public String level;
    public String category;

    @Nullable
    public String major;

    public boolean chineseWithSkills;
    public String funding;

    @Nullable
    public Integer chineseLevel;

    public boolean assessed;
    public LocalDate startedOn;

    @Nullable
    public LocalDate endedOn;

    public String outcome;

    void copyFrom(Enrolment sent) {
        nationality = sent.nationality;
        college = sent.college;
        level = sent.level;
        category = sent.category;
        major = sent.major;
        chineseWithSkills = sent.chineseWithSkills;
        funding = sent.funding;
        chineseLevel = sent.chineseLevel;
        assessed = sent.assessed;
        startedOn = sent.startedOn;
        endedOn = sent.endedOn;
        outcome = sent.outcome;
    }
}
