package org.voyage.cooperation.agreement;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.FieldReader;

/** Rules between the fields that an institution and a programme share. */
public final class AgreementRules {

    private AgreementRules() {}

    public static void checkFields(FieldReader in, Agreement agreement) {
        checkSuspension(in, agreement);
        checkDates(in, agreement.status(), agreement.enrollingFrom(), agreement.terminatedOn());
        checkOrder(in, agreement.approvedOn(), agreement.enrollingFrom(), agreement.terminatedOn());
    }

    private static void checkSuspension(FieldReader in, Agreement agreement) {
        LocalDate suspended = agreement.suspendedOn();
        if (suspended == null) {
            return;
        }
        CooperationStatus status = agreement.status();
        if (status != CooperationStatus.SUSPENDED && status != CooperationStatus.TERMINATED) {
            in.refuseField(
                    "suspendedOn",
                    "suspended-on-when-suspended",
                    "A day of suspension is given only of what is suspended, or ended so.",
                    "仅在暂停招生，或由暂停招生转为终止时，填写暂停招生日期。");
        }
        LocalDate enrolling = agreement.enrollingFrom();
        LocalDate terminated = agreement.terminatedOn();
        if (suspended.isBefore(enrolling == null ? agreement.approvedOn() : enrolling)
                || terminated != null && suspended.isAfter(terminated)) {
            in.refuseField(
                    "suspendedOn",
                    "suspended-within-its-life",
                    "It is suspended before it enrols or after it ends.",
                    "暂停招生日期早于招生起始日期，或晚于终止日期。");
        }
    }

    private static void checkDates(
            FieldReader in, CooperationStatus status, @Nullable LocalDate enrolling, @Nullable LocalDate terminated) {
        boolean enrolled = status == CooperationStatus.ENROLLING || status == CooperationStatus.SUSPENDED;
        if (enrolled && enrolling == null) {
            in.refuseField(
                    "enrollingFrom",
                    "enrolling-from-required",
                    "What is enrolling or suspended has a day from which it enrols.",
                    "招生或暂停招生状态必须填写招生起始日期。");
        }
        if ((terminated != null) != (status == CooperationStatus.TERMINATED)) {
            in.refuseField(
                    "terminatedOn",
                    "terminated-on-when-terminated",
                    "A day of termination is given exactly when the status is terminated.",
                    "状态为“终止”时必须填写终止日期，其他状态不得填写。");
        }
    }

    private static void checkOrder(
            FieldReader in, LocalDate approved, @Nullable LocalDate enrolling, @Nullable LocalDate terminated) {
        if (enrolling != null && enrolling.isBefore(approved)) {
            in.refuseField(
                    "enrollingFrom", "enrolling-after-approved", "It enrols before it is approved.", "招生起始日期早于批准日期。");
        }
        if (terminated != null && terminated.isBefore(enrolling == null ? approved : enrolling)) {
            in.refuseField(
                    "terminatedOn",
                    "terminated-last",
                    "It ends before it is approved or before it enrols.",
                    "终止日期早于批准日期或招生起始日期。");
        }
    }
}
