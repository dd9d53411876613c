package org.voyage.kit.http;

import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.ChunkOutcome;
import org.voyage.kit.bulk.FieldChange;
import org.voyage.kit.bulk.Row;
import org.voyage.kit.bulk.RowHandler;
import org.voyage.kit.bulk.RowOutcome;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.Shape;

/** Looks at guests and keeps none; a rule of its own repeats names, as a careless one would. */
@ApplicationScoped
public class GuestRows implements RowHandler {
    private static final Codes<String> COUNTRIES = Codes.of("country", List.of("THA", "VNM", "COG", "IND", "IDN"));
    private static final Shape PASSPORT = Shape.of("passport", "[A-Z]{1,2}[0-9]{7}", "a passport number", "护照号码");

    @Override
    public Set<String> records() {
        return Set.of("guest");
    }

    @Override
    public ChunkOutcome handle(List<Row> rows, BatchContext context) {
        var outcomes = new ArrayList<RowOutcome>();
        for (var row : rows) {
            var in = row.fields();
            var name = in.optionalText("name", 40);
            in.optionalText("passportNumber", PASSPORT);
            in.code("country", COUNTRIES);
            if (in.integer("nights", 0, 1000) > 365) {
                in.refuse("nights", "too-long-a-stay", name + " stays for years.", name + "停留过久。");
            }
            var findings = in.findings();
            var changes =
                    List.of(new FieldChange("name", TextNode.valueOf("old"), TextNode.valueOf(String.valueOf(name))));
            outcomes.add(findings.isEmpty() ? RowOutcome.corrected(changes) : RowOutcome.refused(findings));
        }
        return new ChunkOutcome(outcomes, Receipt.NOTHING);
    }
}
