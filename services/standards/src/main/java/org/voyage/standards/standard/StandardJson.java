package org.voyage.standards.standard;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.CodeListFile;
import org.voyage.standards.Reference;

/** The wire form of a standard. */
public class StandardJson implements RecordJson<Standard> {

    static final CodeSet<StandardKind> KINDS = CodeListFile.codes("standard-kind", "standard-kinds", StandardKind.class);
    static final CodeSet<String> FIELDS = CodeListFile.codes("field", "fields", field -> true);

    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_EDITION = 60;
    private static final int MOST_COLLEGES = 200;

    @Override
    public Standard readFields(FieldReader in) {
        return new Standard(
                in.readText("title", LONGEST_TITLE),
                in.readOptionalText("titleEn", LONGEST_TITLE),
                in.readCode("kind", KINDS),
                in.readTexts("developingColleges", Reference.COLLEGE, 1, MOST_COLLEGES),
                in.readCode("field", FIELDS),
                in.readText("edition", LONGEST_EDITION));
    }

    @Override
    public @Nullable LocalDate referenceDay(Standard standard) {
        return null;
    }

    @Override
    public void writeRecord(Standard standard, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.writeText("title", standard.title());
        out.writeText("titleEn", standard.titleEn());
        out.writeCode("kind", standard.kind());
        out.writeTexts("developingColleges", standard.developingColleges());
        out.writeText("field", standard.field());
        out.writeText("edition", standard.edition());
    }
}
