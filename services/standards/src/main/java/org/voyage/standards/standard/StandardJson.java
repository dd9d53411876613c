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
import org.voyage.standards.StandardsCodes;

/** Wire form of a standard. */
public class StandardJson implements RecordJson<Standard> {

    static final CodeSet<StandardKind> KINDS =
            CodeListFile.codes("standard-kind", "standard-kinds", StandardKind.class);
    static final CodeSet<String> FIELDS = CodeListFile.codes("field", "fields", field -> true);

    private static final int MAX_TITLE_LENGTH = 300;
    private static final int MAX_EDITION_LENGTH = 60;
    private static final int MAX_COLLEGES = 200;

    @Override
    public Standard readFields(FieldReader in) {
        return new Standard(
                in.readText("title", MAX_TITLE_LENGTH),
                in.readOptionalText("titleEn", MAX_TITLE_LENGTH),
                in.readCode("kind", KINDS),
                in.readTexts("developingColleges", StandardsCodes.COLLEGE_CODE, 1, MAX_COLLEGES),
                in.readCode("field", FIELDS),
                in.readText("edition", MAX_EDITION_LENGTH));
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
