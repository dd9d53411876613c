package org.voyage.mobility.placement;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
}
