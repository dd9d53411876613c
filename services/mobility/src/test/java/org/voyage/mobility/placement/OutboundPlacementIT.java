package org.voyage.mobility.placement;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;
import org.voyage.mobility.MobilityRecord;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OutboundPlacementIT extends RecordConventions {

    @Override
    protected RecordSample sample() {
        return MobilityRecord.OUTBOUND_PLACEMENT.sample(
                "college,hostCountry,hostOrganisation,purpose,participants,days,startedOn",
                "4112012345,DEU,慕尼黑应用技术大学,internship,12,90,2024-02-29");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "CHN, is China (CHN): a known country that is not allowed here., 为 中国（CHN），是已知代码，但此处不允许填写。",
                "中国, is China (CHN): a known country that is not allowed here., 为 中国（CHN），是已知代码，但此处不允许填写。",
                "CN, is China (CHN): a known country that is not allowed here., 为 中国（CHN），是已知代码，但此处不允许填写。",
                "TH, is not a known country. Did you mean Thailand (THA)?, 是否应为 泰国（THA）？",
                "deu, is not a known country. Did you mean Germany (DEU)?, 是否应为 德国（DEU）？",
                "泰国, is not a known country. Did you mean Thailand (THA)?, 是否应为 泰国（THA）？",
                "Thailand, is not a known country. Did you mean Thailand (THA)?, 是否应为 泰国（THA）？",
                "DEUT, is not a known country. Did you mean DEU?, 是否应为 DEU？"
            })
    void a_country_is_first_taken_for_what_the_text_means(String written, String detail, String detailZh) {
        String path = "/v1/outbound-placements/12/" + newSourceId("P");
        put(path, MobilityRecord.OUTBOUND_PLACEMENT.body().replace("DEU", written))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/hostCountry"))
                .body("errors[0].rule", equalTo("country-unknown"))
                .body("errors[0].detail", equalTo("\"" + written + "\" " + detail))
                .body("errors[0].detailZh", endsWith(detailZh));
    }

    /** A filter takes names as files do, and refuses what is no allowed country. */
    @ParameterizedTest
    @CsvSource({"泰国, 200", "Thailand, 200", "deu, 200", "中国, 400", "TH, 400", "DEUT, 400"})
    void a_filter_takes_the_name_of_a_country(String written, int status) {
        bureau("12")
                .queryParam("hostCountry", written)
                .get("/v1/outbound-placements")
                .then()
                .statusCode(status);
    }
}
