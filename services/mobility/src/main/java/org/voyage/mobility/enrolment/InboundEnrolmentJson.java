package org.voyage.mobility.enrolment;

import static org.voyage.mobility.MobilityCodes.COLLEGE_CODE;
import static org.voyage.mobility.MobilityCodes.FOREIGN_COUNTRIES;
import static org.voyage.mobility.MobilityCodes.MAJOR_CODE;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.CodeListFile;
import org.voyage.mobility.personal.SubmittedPersonalData;

/** Wire form of an inbound enrolment. It reads personal data and never writes it. */
public class InboundEnrolmentJson implements RecordJson<InboundEnrolment> {

    static final CodeSet<StudyLevel> LEVELS = CodeListFile.codes("level", "levels", StudyLevel.class);
    static final CodeSet<StudentCategory> CATEGORIES =
            CodeListFile.codes("category", "categories", StudentCategory.class);
    static final CodeSet<EnrolmentOutcome> OUTCOMES = CodeListFile.codes("outcome", "outcomes", EnrolmentOutcome.class);
    private static final CodeSet<FundingSource> FUNDINGS =
            CodeListFile.codes("funding", "fundings", FundingSource.class);

    private static final int MAX_HSK_LEVEL = 6;

    @Override
    public InboundEnrolment readFields(FieldReader in) {
        return new InboundEnrolment(
                in.readCode("nationality", FOREIGN_COUNTRIES),
                in.readText("college", COLLEGE_CODE),
                in.readCode("level", LEVELS),
                in.readCode("category", CATEGORIES),
                in.readOptionalText("major", MAJOR_CODE),
                in.readFlag("chineseWithSkills"),
                in.readCode("funding", FUNDINGS),
                in.readOptionalInteger("chineseLevel", "hsk-level", 0, MAX_HSK_LEVEL),
                in.readFlag("assessed"),
                in.readDate("startedOn"),
                in.readOptionalDate("endedOn"),
                in.readCode("outcome", OUTCOMES),
                SubmittedPersonalData.readFields(in));
    }

    @Override
    public LocalDate referenceDay(InboundEnrolment enrolment) {
        return enrolment.startedOn();
    }

    @Override
    public void checkFields(FieldReader in, InboundEnrolment enrolment) {
        if (enrolment.category() == StudentCategory.DEGREE && enrolment.major() == null) {
            in.refuseField("major", "major-of-degree", "A degree student has a major.", "学历生必须填写专业代码。");
        }
        if ((enrolment.endedOn() == null) != (enrolment.outcome() == EnrolmentOutcome.ENROLLED)) {
            in.refuseField(
                    "endedOn",
                    "ended-on-when-not-enrolled",
                    "An end date is given exactly when the outcome is not enrolled.",
                    "学习结果为在读（enrolled）时不得填写离校日期，其他情况必须填写。");
        }
        if (enrolment.endedOn() != null && enrolment.endedOn().isBefore(enrolment.startedOn())) {
            in.refuseField("endedOn", "end-before-start", "It ends before it starts.", "结束日期早于开始日期。");
        }
        enrolment.personal().checkFields(in, enrolment.startedOn());
    }

    @Override
    public void writeRecord(InboundEnrolment enrolment, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("nationality", enrolment.nationality());
        out.writeText("college", enrolment.college());
        out.writeCode("level", enrolment.level());
        out.writeCode("category", enrolment.category());
        out.writeText("major", enrolment.major());
        out.writeFlag("chineseWithSkills", enrolment.chineseWithSkills());
        out.writeCode("funding", enrolment.funding());
        out.writeNumber("chineseLevel", enrolment.chineseLevel());
        out.writeFlag("assessed", enrolment.assessed());
        out.writeDate("startedOn", enrolment.startedOn());
        out.writeDate("endedOn", enrolment.endedOn());
        out.writeCode("outcome", enrolment.outcome());
    }
}
