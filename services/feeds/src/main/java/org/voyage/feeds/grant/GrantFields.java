package org.voyage.feeds.grant;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FieldClasses;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.feeds.scope.FeedFilterParser;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;

/**
 * What an operator grants.
 *
 * @param fields fields on grant that it opens, as {@code record.field}
 * @param figureEvents whether it opens the events of figures on Kafka
 * @param from first day
 * @param until first day on which the grant no longer holds; null: no end
 */
record GrantFields(
        FeedFilter rule,
        List<String> fields,
        boolean figureEvents,
        String legalBasis,
        LocalDate from,
        @Nullable LocalDate until) {

    private static final int MAX_LEGAL_BASIS_LENGTH = 500;
    private static final CodeSet<String> GRANTABLE = CodeSet.of("field", new TreeSet<>(FieldClasses.grantableFields()));

    static GrantFields read(FieldReader fields, FeedFilterParser filters) {
        FeedFilter rule = filters.parse(fields, false);
        if (!fields.hasField("records")) {
            fields.refuseField("records", "required", "A grant names its records.", "授权须列明记录类型。");
        }
        List<String> opened = fields
                .readCodes("grantedFields", GRANTABLE, 0, GRANTABLE.codes().size())
                .stream()
                .sorted()
                .toList();
        for (String field : opened) {
            if (rule.records() != null
                    && rule.records().stream().noneMatch(record -> field.startsWith(record.wireName() + "."))) {
                fields.refuseField(
                        "grantedFields",
                        "field-of-other-record",
                        "A field is of a record that the grant does not name: " + field + ".",
                        "字段所属的记录类型未在授权中列明：" + field + "。");
            }
        }
        boolean figureEvents = fields.readFlag("figureEvents", false);
        String legalBasis = fields.readText("legalBasis", MAX_LEGAL_BASIS_LENGTH);
        LocalDate from = fields.readDate("from");
        LocalDate until = fields.readOptionalDate("until");
        if (until != null && !until.isAfter(from)) {
            fields.refuseField("until", "until-before-from", "The end is not after the beginning.", "截止日期应晚于起始日期。");
        }
        fields.requireNoFindings();
        return new GrantFields(rule, opened, figureEvents, legalBasis, from, until);
    }
}
