package org.voyage.cooperation.agreement;

import static org.voyage.cooperation.Reference.COLLEGE;
import static org.voyage.cooperation.Reference.COUNTRIES;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.reference.ReferenceFile;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;

/** The fields of an agreement within the wire form of an institution or a programme. */
public final class AgreementJson {

    public static final Codes<CooperationStatus> STATUSES =
            ReferenceFile.codes("status", "cooperation-statuses", CooperationStatus.class);
    public static final Codes<Scheme> SCHEMES = ReferenceFile.codes("scheme", "schemes", Scheme.class);

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NUMBER = 60;
    private static final int MOST_PARTNERS = 50;

    private AgreementJson() {}

    public static Agreement read(FieldReader in) {
        return new Agreement(
                in.text("name", LONGEST_NAME),
                in.optionalText("nameEn", LONGEST_NAME),
                in.text("college", COLLEGE),
                in.objects("foreignPartners", List.of("name", "country"), 1, MOST_PARTNERS, AgreementJson::partner),
                in.text("approvalNumber", LONGEST_NUMBER),
                in.date("approvedOn"),
                in.code("scheme", SCHEMES),
                in.code("status", STATUSES),
                in.optionalDate("enrollingFrom"),
                in.optionalDate("suspendedOn"),
                in.optionalDate("terminatedOn"));
    }

    /** The rules between its fields. */
    public static void check(FieldReader in, Agreement agreement) {
        checkSuspension(in, agreement);
        checkDates(in, agreement.status(), agreement.enrollingFrom(), agreement.terminatedOn());
        checkOrder(in, agreement.approvedOn(), agreement.enrollingFrom(), agreement.terminatedOn());
    }

    private static ForeignPartner partner(FieldReader in) {
        return new ForeignPartner(in.text("name", LONGEST_NAME), in.code("country", COUNTRIES));
    }

    private static void checkSuspension(FieldReader in, Agreement agreement) {
        LocalDate suspended = agreement.suspendedOn();
        if (suspended == null) {
            return;
        }
        CooperationStatus status = agreement.status();
        if (status != CooperationStatus.SUSPENDED && status != CooperationStatus.TERMINATED) {
            in.refuse(
                    "suspendedOn",
                    "suspended-on-when-suspended",
                    "A day of suspension is given only of what is suspended, or ended so.",
                    "仅在暂停招生，或由暂停招生转为终止时，填写暂停招生日期。");
        }
        LocalDate enrolling = agreement.enrollingFrom();
        LocalDate terminated = agreement.terminatedOn();
        if (suspended.isBefore(enrolling == null ? agreement.approvedOn() : enrolling)
                || terminated != null && suspended.isAfter(terminated)) {
            in.refuse(
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
            in.refuse(
                    "enrollingFrom",
                    "enrolling-from-required",
                    "What is enrolling or suspended has a day from which it enrols.",
                    "招生或暂停招生状态必须填写招生起始日期。");
        }
        if ((terminated != null) != (status == CooperationStatus.TERMINATED)) {
            in.refuse(
                    "terminatedOn",
                    "terminated-on-when-terminated",
                    "A day of termination is given exactly when the status is terminated.",
                    "状态为 terminated 时必须填写终止日期，其他状态不得填写。");
        }
    }

    private static void checkOrder(
            FieldReader in, LocalDate approved, @Nullable LocalDate enrolling, @Nullable LocalDate terminated) {
        if (enrolling != null && enrolling.isBefore(approved)) {
            in.refuse("enrollingFrom", "enrolling-after-approved", "It enrols before it is approved.", "招生起始日期早于批准日期。");
        }
        if (terminated != null && terminated.isBefore(enrolling == null ? approved : enrolling)) {
            in.refuse(
                    "terminatedOn",
                    "terminated-last",
                    "It ends before it is approved or before it enrols.",
                    "终止日期早于批准日期或招生起始日期。");
        }
    }

    public static void write(Agreement agreement, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("name", agreement.name());
        out.text("nameEn", agreement.nameEn());
        out.text("college", agreement.college());
        generator.writeArrayFieldStart("foreignPartners");
        for (ForeignPartner partner : agreement.foreignPartners()) {
            generator.writeStartObject();
            out.text("name", partner.name());
            out.text("country", partner.country());
            generator.writeEndObject();
        }
        generator.writeEndArray();
        out.text("approvalNumber", agreement.approvalNumber());
        out.date("approvedOn", agreement.approvedOn());
        out.code("scheme", agreement.scheme());
        out.code("status", agreement.status());
        out.date("enrollingFrom", agreement.enrollingFrom());
        out.date("suspendedOn", agreement.suspendedOn());
        out.date("terminatedOn", agreement.terminatedOn());
    }
}
