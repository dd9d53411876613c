package org.voyage.local;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Command {@code ./voyage token}: it prints a bearer token of the local issuer and nothing else. */
final class TokenCommand {
    /** Offset of the issuer's port from the base port. */
    static final int ISSUER_PORT_OFFSET = 6;

    private TokenCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            System.out.println(getToken(List.of(arguments)));
        } catch (StartFailedException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static String getToken(List<String> arguments) throws InterruptedException {
        String role = "";
        String province = "";
        String alliance = "";
        int basePort = PlatformOptions.DEFAULT_BASE_PORT;
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String name = left.pop();
            switch (name) {
                case "--role" -> role = LauncherArguments.takeValue(name, left);
                case "--province" -> province = LauncherArguments.takeValue(name, left);
                case "--alliance" -> alliance = LauncherArguments.takeValue(name, left);
                case "--base-port" -> basePort = LauncherArguments.parsePort(LauncherArguments.takeValue(name, left));
                default -> throw new StartFailedException("There is no option \"" + name + "\": see ./voyage help.");
            }
        }
        return requestToken(clientIdOf(role, province, alliance), basePort + ISSUER_PORT_OFFSET);
    }

    private static String clientIdOf(String role, String province, String alliance) {
        String id = switch (role) {
            case "operator", "auditor", "privacy-officer" -> role;
            case "bureau" -> "bureau-" + province;
            case "alliance" -> "alliance-" + alliance;
            default ->
                throw new StartFailedException("--role wants bureau, operator, auditor, privacy-officer or alliance.");
        };
        if (IssuerClients.claimsOf(id).isEmpty()) {
            throw new StartFailedException(
                    role.equals("bureau")
                            ? "--role bureau wants --province with the two digits of a province that sends, e.g. 32."
                            : "--role alliance wants --alliance with a code in capitals, e.g. WFCP.");
        }
        return id;
    }

    static String requestToken(String clientId, int port) throws InterruptedException {
        String form = "grant_type=client_credentials&client_id=" + clientId + "&client_secret="
                + IssuerClients.secretOf(clientId);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            Object token = JSONObjectUtils.parse(answer.body()).get("access_token");
            if (token == null) {
                throw new StartFailedException(
                        "The program on port " + port + " gives no token: is it Voyage's issuer?");
            }
            return token.toString();
        } catch (IOException | ParseException e) {
            throw new StartFailedException(
                    "No token issuer answers on port " + port
                            + ": start the platform with ./voyage up, or name its --base-port.",
                    e);
        }
    }
}
