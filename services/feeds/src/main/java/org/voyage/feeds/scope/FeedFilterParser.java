package org.voyage.feeds.scope;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.reference.CodeListFile;
import org.voyage.kit.reference.CountryGroups;

/** Strict parser of the conditions on records. */
public final class FeedFilterParser {

    private static final int MAX_CODES = 300;
    private static final CodeSet<FeedRecord> RECORDS = CodeSet.of("record", FeedRecord.class);
    private static final CodeSet<String> COUNTRIES = CodeListFile.codes("country", "countries", row -> true);
    private static final CodeSet<String> PROVINCES =
            CodeListFile.codes("province", "provinces", row -> "true".equals(row.get("sends")));
    private static final CodeSet<String> BRANDS = CodeListFile.codes("brand", "brands", row -> true);
    private static final TextFormat COLLEGE =
            TextFormat.of("college", "\\d{10}", "the 10-digit school code of a college", "院校的 10 位学校代码");

    private final CodeSet<String> lists;
    private final CodeSet<String> regions;

    public FeedFilterParser(CountryGroups groups) {
        this.lists = CodeSet.of("list", groups.listCodes());
        this.regions = CodeSet.of("region", groups.regionCodes());
    }

    /**
     * Reads the conditions; the reader collects the findings.
     *
     * @param withColleges whether the field {@code colleges} is known
     */
    public FeedFilter parse(FieldReader fields, boolean withColleges) {
        return new FeedFilter(
                parseCodes(fields, "records", RECORDS),
                parseCodes(fields, "countries", COUNTRIES),
                parseCodes(fields, "lists", lists),
                parseCodes(fields, "regions", regions),
                parseCodes(fields, "provinces", PROVINCES),
                parseCodes(fields, "brands", BRANDS),
                withColleges && fields.hasField("colleges")
                        ? fields.readTexts("colleges", COLLEGE, 1, MAX_CODES).stream()
                                .sorted()
                                .toList()
                        : null,
                fields.readFlag("members", false) ? true : null);
    }

    private static <E extends Comparable<? super E>> @Nullable List<E> parseCodes(
            FieldReader fields, String name, CodeSet<E> codes) {
        return fields.hasField(name)
                ? fields.readCodes(name, codes, 1, MAX_CODES).stream().sorted().toList()
                : null;
    }
}
