package org.voyage.demo;

import java.util.List;
import org.voyage.local.PlatformOptions;

/** Example commands for a second terminal, with the ports of this run. */
final class CurlExamples {

    private CurlExamples() {}

    static List<String> exampleLines(PlatformEndpoints endpoints, int basePort) {
        String port = basePort == PlatformOptions.DEFAULT_BASE_PORT ? "" : " --base-port " + basePort;
        return List.of(
                "Follow the national, the Thai and the Luban figure:",
                "",
                "  curl -N -H \"Authorization: Bearer $(./voyage token --role operator" + port + ")\" \\",
                "    '" + endpoints.indicators()
                        + "/v1/indicators/stream?code=overseas-schools&by=hostCountry&by=brand'",
                "",
                "Open a new Luban Workshop in Thailand and see them move:",
                "",
                "  curl -i -X PUT -H \"Authorization: Bearer $(./voyage token --role bureau --province 12" + port
                        + ")\" \\",
                "    -H 'Content-Type: application/json' \\",
                "    " + endpoints.overseas() + "/v1/overseas-schools/12/LB-CNX \\",
                "    -d '{\"name\":\"泰国清迈鲁班工坊\",\"nameEn\":\"Luban Workshop Chiang Mai\",\"brand\":\"luban-workshop\",",
                "         \"tier\":\"workshop\",\"form\":\"training-centre\",\"hostCountry\":\"THA\",\"hostCity\":\"清迈\",",
                "         \"foundingColleges\":[\"4112900001\"],\"majors\":[\"460301\"],",
                "         \"status\":\"open\",\"openedOn\":\"2026-11-01\"}'");
    }
}
