package org.voyage.kit.record.apidoc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordContractTest {
    private final RecordContract parcel = RecordContract.find("parcel").orElseThrow();

    @Test
    void what_is_personal_is_sent_and_never_answered() {
        assertThat(parcel.requestSchema().at("/properties/owner/description").asText())
                .isEqualTo("Who owns it / 所有人姓名");
        assertThat(parcel.requestExample().path("owner").asText()).isEqualTo("李雷");
        assertThat(parcel.schema().at("/properties").has("owner")).isFalse();
        assertThat(RecordContract.versionExample(parcel.created()).toString()).doesNotContain("李雷", "owner");
    }

    @Test
    void a_row_of_a_file_has_the_key_and_everything_that_is_sent() {
        assertThat(parcel.csvExample())
                .isEqualTo("sourceId,name,marks,senders,owner\nP-1,\"锅, 大\",a|b,Bangkok:THA|Hanoi:VNM,李雷\n");
        assertThat(parcel.rowExample().toString()).startsWith("{\"sourceId\":\"P-1\",\"name\":\"锅, 大\"");
    }

    @Test
    void a_record_without_an_event_has_no_contract() {
        assertThat(RecordContract.find("nothing")).isEmpty();
    }
}
