package org.voyage.feeds.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.problem.StrictJson;
import org.voyage.kit.reference.CountryGroups;

class FeedFilterParserTest {

    private final FeedFilterParser parser = new FeedFilterParser(CountryGroups.load(Optional.empty()));

    @Test
    void a_filter_is_stored_and_read_again_as_it_was_sent() {
        String json = """
                {"records":["overseas-school","standard"],"countries":["LAO","THA"],"lists":["asean"],"members":true}""";
        FeedFilter filter = parse(json);
        assertThat(filter.records()).containsExactly(FeedRecord.OVERSEAS_SCHOOL, FeedRecord.STANDARD);
        assertThat(filter.provinces()).isNull();
        assertThat(filter.toJson()).isEqualTo(json);
        assertThat(FeedFilter.ofJson(filter.toJson())).isEqualTo(filter);
    }

    @Test
    void what_a_filter_does_not_say_is_no_condition() {
        assertThat(parse("{}").toJson()).isEqualTo("{}");
    }

    @Test
    void every_fault_is_reported_with_its_place() {
        Refusal.Invalid refusal = catchThrowableOfType(Refusal.Invalid.class, () -> parse("""
                        {"records":["foreign-teacher"],"countries":[],"lists":["asian"],"colleges":["12"],"country":["THA"]}"""));
        assertThat(refusal.findings())
                .extracting(Finding::pointer)
                .containsExactlyInAnyOrder("/records/0", "/countries", "/lists/0", "/colleges/0", "/country");
        assertThat(List.copyOf(refusal.findings()))
                .allSatisfy(finding -> assertThat(finding.detailZh()).isNotEmpty());
    }

    private FeedFilter parse(String json) {
        FieldReader fields = FieldReader.of(StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8)));
        FeedFilter filter = parser.parse(fields, true);
        fields.requireNoFindings();
        return filter;
    }
}
