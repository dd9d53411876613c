package org.voyage.standards.standard;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.record.FieldWriter;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.reference.ReferenceFile;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;
import org.voyage.standards.Reference;

/** The wire form of a standard. */
public class StandardJson implements RecordJson<Standard> {

    static final Codes<StandardKind> KINDS = ReferenceFile.codes("standard-kind", "standard-kinds", StandardKind.class);
    static final Codes<String> FIELDS = ReferenceFile.codes("field", "fields", field -> true);

    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_EDITION = 60;
    private static final int MOST_COLLEGES = 200;

    @Override
    public Standard fields(FieldReader in) {
        return new Standard(
                in.text("title", LONGEST_TITLE),
                in.optionalText("titleEn", LONGEST_TITLE),
                in.code("kind", KINDS),
                in.texts("developingColleges", Reference.COLLEGE, 1, MOST_COLLEGES),
                in.code("field", FIELDS),
                in.text("edition", LONGEST_EDITION));
    }

    @Override
    public @Nullable LocalDate day(Standard standard) {
        return null;
    }

    @Override
    public void write(Standard standard, JsonGenerator generator) throws IOException {
        FieldWriter out = new FieldWriter(generator);
        out.text("title", standard.title());
        out.text("titleEn", standard.titleEn());
        out.code("kind", standard.kind());
        out.texts("developingColleges", standard.developingColleges());
        out.text("field", standard.field());
        out.text("edition", standard.edition());
    }
}
