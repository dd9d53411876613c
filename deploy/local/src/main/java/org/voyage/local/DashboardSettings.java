package org.voyage.local;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Environment variables by which the dashboard and the services of one platform know each other. */
final class DashboardSettings {
    private static final int KEY_BYTES = 32;
    private static final String LOOPBACK = "127.0.0.1";

    private DashboardSettings() {}

    /**
     * Returns what the dashboard needs: where the services answer, the name of its cookies, which browsers send to all
     * platforms of the machine, and their key, kept in the folder.
     */
    static Map<String, String> ofDashboard(Path folder, Path project, int basePort) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_OIDC_AUTHENTICATION_COOKIE_SUFFIX", Integer.toString(basePort));
        for (PlatformService service : PlatformService.listServices(project)) {
            if (service != PlatformService.DASHBOARD) {
                environment.put(
                        "VOYAGE_DASHBOARD_SERVICES_" + service.name(),
                        "http://" + LOOPBACK + ":" + service.portOf(basePort));
            }
        }
        try {
            environment.put(
                    "VOYAGE_DASHBOARD_SESSION_KEY",
                    SecretFile.readOrCreate(folder.resolve("session-key"), DashboardSettings::newKey));
        } catch (IOException e) {
            throw new StartFailedException(
                    "The key of the dashboard cannot be kept in " + folder + ": " + e.getMessage() + ".", e);
        }
        return environment;
    }

    /** Returns what a service needs: it believes the dashboard which address a person has, and sends browsers there. */
    static Map<String, String> ofService(int basePort) {
        return Map.of(
                "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING",
                "true",
                "QUARKUS_HTTP_PROXY_ALLOW_X_FORWARDED",
                "true",
                "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES",
                LOOPBACK,
                "VOYAGE_WEB_DASHBOARD",
                "http://localhost:" + PlatformService.DASHBOARD.portOf(basePort) + "/");
    }

    private static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
