package org.voyage.mobility.enrolment;

import org.voyage.kit.input.FieldReader;

/** Rules between the fields of an inbound enrolment. */
class InboundEnrolmentRules extends InboundEnrolmentJson {

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
}
