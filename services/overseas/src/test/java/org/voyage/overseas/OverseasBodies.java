package org.voyage.overseas;

import org.voyage.kittest.RecordApiClient;

/** Test bodies of overseas schools, with the steps that all record tests share. */
public final class OverseasBodies extends RecordApiClient {

    private OverseasBodies() {}

    public static String school(String status, String dates) {
        return """
                {"name":"泰国鲁班工坊","nameEn":"Luban Workshop Thailand","brand":"luban-workshop","tier":"workshop",
                 "form":"training-centre","hostCountry":"THA","hostCity":"大城","foundingColleges":["4112012345"],
                 "foreignPartners":[{"name":"大城技术学院","country":"THA"}],"majors":["460301"],"status":"%s"%s}""".formatted(status, dates);
    }

    public static String openSchool() {
        return school("open", ",\"openedOn\":\"2016-02-29\"");
    }
}
