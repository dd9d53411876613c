package org.voyage.kit.http;

import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.RowHandler;
import org.voyage.kit.bulk.format.FieldChange;
import org.voyage.kit.bulk.format.SubmittedRow;
import org.voyage.kit.bulk.outcome.ChunkOutcome;
import org.voyage.kit.bulk.outcome.RowOutcome;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.outbox.Receipt;

/** Row handler that checks guests and stores none; a rule of its own carelessly repeats names. */
@ApplicationScoped
public class GuestRowHandler implements RowHandler {
    private static final CodeSet<String> COUNTRIES = CodeSet.of("country", List.of("THA", "VNM", "COG", "IND", "IDN"));
    private static final TextFormat PASSPORT =
            TextFormat.of("passport", "[A-Z]{1,2}[0-9]{7}", "a passport number", "护照号码");

    @Override
    public Set<String> records() {
        return Set.of("guest");
    }

    @Override
    public ChunkOutcome handleRows(List<SubmittedRow> rows, BatchContext context) {
        var outcomes = new ArrayList<RowOutcome>();
        for (var row : rows) {
            var in = row.fields();
            var name = in.readOptionalText("name", 40);
            in.readOptionalText("passportNumber", PASSPORT);
            in.readCode("country", COUNTRIES);
            if (in.readInteger("nights", 0, 1000) > 365) {
                in.refuseField("nights", "too-long-a-stay", name + " stays for years.", name + "停留过久。");
            }
            var findings = in.collectFindings();
            var changes =
                    List.of(new FieldChange("name", TextNode.valueOf("old"), TextNode.valueOf(String.valueOf(name))));
            outcomes.add(findings.isEmpty() ? RowOutcome.corrected(changes) : RowOutcome.refused(findings));
        }
        return new ChunkOutcome(outcomes, Receipt.EMPTY);
    }
}
