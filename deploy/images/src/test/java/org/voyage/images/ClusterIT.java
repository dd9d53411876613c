package org.voyage.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.voyage.prove.ClusterProof;
import org.voyage.prove.DockerEngine;
import org.voyage.prove.FaultKind;
import org.voyage.prove.ServerLab;

/** Three servers on one real engine: start, one record, what an intruder sees, and the loss of a server. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {

    private static final ServerLab LAB =
            new ServerLab(Path.of("../..").toAbsolutePath().normalize(), Path.of("target/cluster"));
    private static final ClusterProof PROOF = new ClusterProof(LAB, Path.of("target/proof"));
    private static final Path FOLDER = LAB.folder();
    /** The time of all tests has room for these; ./voyage prove has ten, and another case here loses a server. */
    private static final List<FaultKind> FAULTS_OF_A_SHORT_TEST =
            List.of(FaultKind.KILL_BROKER, FaultKind.KILL_LEADING_DATABASE, FaultKind.FULL_DISK);

    /** The time in which a machine under the load of other tests starts everything. */
    private static final Duration LONGEST_START = Duration.ofMinutes(12);

    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(4);
    private static final String PLANTED = "PLANTED-ON-THE-WIRE-7Q4Z";

    private static int schools;
    private static String secret;

    @BeforeAll
    static void start_three_servers() throws Exception {
        if (!canRun()) {
            return;
        }
        ContainerImages.make();
        LAB.makeFolders();
        // An id of the clusters made so far may begin with a hyphen: no option of a command.
        DockerEngine.require(
                FOLDER,
                Map.of(),
                "bash",
                "-c",
                "sed -i 's/^VOYAGE_KAFKA_CLUSTER_ID=./VOYAGE_KAFKA_CLUSTER_ID=-/' server?/.env");
        PROOF.prepareServers(Path.of(System.getenv("VOYAGE_FAKETIME")));
        LAB.start();
        LAB.awaitHealth(LONGEST_START);
    }

    /** In each test: a failed assumption of the whole class is not counted as skipped. */
    @BeforeEach
    void require_an_engine() throws Exception {
        Assumptions.assumeTrue(
                canRun(),
                "No cluster is tested: root has no Docker engine with Compose here, mmdebstrap is missing, or the machine has"
                        + " fewer than four processors (./voyage test --long --containers tries it all the same).");
    }

    /** Some thirty programs that start at once need more than 12 minutes on two processors now and then. */
    private static boolean canRun() throws InterruptedException {
        return ContainerImages.canBeMade()
                && (Runtime.getRuntime().availableProcessors() >= 4 || Boolean.getBoolean("voyage.test.long"));
    }

    @AfterAll
    static void remove_the_servers() throws Exception {
        if (canRun()) {
            LAB.remove();
        }
    }

    @Test
    @Order(1)
    void a_record_at_one_server_is_a_figure_at_another() throws Exception {
        secret = findSecret();
        openSchool("server1");
        assertThat(countSchools("server2")).isEqualTo(1);
        assertThat(countSchools("server3")).isEqualTo(1);
    }

    @Test
    @Order(2)
    void unsafe_settings_are_refused_with_one_sentence() throws Exception {
        assertThat(refusal(
                        "init",
                        FOLDER.toString(),
                        "https://" + ServerLab.HOST,
                        "a=10.0.0.1",
                        "b=10.0.0.2",
                        "c=10.0.0.3"))
                .contains("is not empty: choose a new one");
        Path fresh = FOLDER.resolveSibling("cluster-refused");
        assertThat(refusal(
                        "init",
                        fresh.toString(),
                        "https://" + ServerLab.HOST,
                        "a=10.0.0.1",
                        "a=10.0.0.2",
                        "c=10.0.0.3"))
                .contains("Two servers have the name a");
        assertThat(refusal(
                        "init",
                        fresh.toString(),
                        "https://" + ServerLab.HOST,
                        "a=10.0.0.1",
                        "b=10.0.0.1",
                        "c=10.0.0.3"))
                .contains("Two servers have the address 10.0.0.1");
        assertThat(refusal(
                        "init", fresh.toString(), "http://" + ServerLab.HOST, "a=10.0.0.1", "b=10.0.0.2", "c=10.0.0.3"))
                .contains("The address for people is https://HOST");
        assertThat(refusal("init", fresh.toString(), "https://" + ServerLab.HOST, "a=10.0.0.1", "b=10.0.0.2"))
                .contains("A cluster has three servers, not 2");
        assertThat(fresh).doesNotExist();

        assertThat(LAB.cluster("check", FOLDER.resolve("server1").toString())).contains("Nothing is wrong here");
        assertRefused("rm certificates/kafka/tls.key", "certificates/kafka/tls.key is missing");
        assertRefused("cp -rp ../server2/certificates/overseas certificates/", "this folder belongs to another server");
        assertRefused("cp ../server2/certificates/feeds/tls.key certificates/feeds/", "do not belong together");
        assertRefused("sed -i 's/^VOYAGE_SERVER_2=.*/VOYAGE_SERVER_2=server1/' .env", "are not three names");
        assertRefused(
                "sed -i 's/^VOYAGE_FEEDS_PASSWORD=.*/VOYAGE_FEEDS_PASSWORD=short/' .env",
                "VOYAGE_FEEDS_PASSWORD is shorter");
        assertRefused("sed -i '/^VOYAGE_PERSONAL_KEY=/d' .env", "VOYAGE_PERSONAL_KEY is missing");
        assertRefused("sed -i 's#^VOYAGE_URL=.*#VOYAGE_URL=http://issuer:8086#' .env", "need an address with https");
        assertRefused("chmod 644 .env", "Others can read .env");
        assertRefused("cp -r ../authority .", "The key of the authority is on this server");
        assertRefused(
                "sed -i 's#voyage/feeds:.*#voyage/feeds:0.0.9#' compose.yml",
                "The image voyage/feeds:0.0.9 is not here");
    }

    /** Changes a copy of the folder of server1 and checks it. */
    private static void assertRefused(String change, String sentence) throws InterruptedException {
        Path copy = FOLDER.resolve("copy");
        DockerEngine.require(
                FOLDER, Map.of(), "bash", "-c", "rm -rf copy && cp -rp server1 copy && cd copy && " + change);
        assertThat(refusal("check", copy.toString())).as(change).contains(sentence);
        DockerEngine.require(FOLDER, Map.of(), "rm", "-rf", "copy");
    }

    @Test
    @Order(3)
    void prometheus_of_a_server_reaches_all_services_and_databases() throws Exception {
        await("targets").atMost(LONGEST_RECOVERY).until(() -> query("up == 0").isEmpty());
        assertThat(query("count(up{job=\"voyage\"})")).contains("=> 12 ");
        assertThat(query("sum(patroni_primary)")).contains("=> 1 ");
        assertThat(query("sum(patroni_sync_standby)")).contains("=> 1 ");
    }

    @Test
    @Order(3)
    void an_alert_of_a_server_reaches_the_receiver() throws Exception {
        try (AlertReceiver receiver = receiveAlerts()) {
            LAB.compose(
                    "server1",
                    "exec",
                    "-T",
                    "alertmanager",
                    "amtool",
                    "--alertmanager.url=https://alertmanager.server1:9093",
                    "--http.config.file=/etc/alertmanager/client.yml",
                    "alert",
                    "add",
                    "alertname=Probe");
            awaitAlert(receiver, "Probe");
        }
    }

    /** In the long form only: it takes all databases away, the last case. */
    @Test
    @Order(7)
    @EnabledIfSystemProperty(named = "voyage.test.long", matches = "true")
    void the_loss_of_databases_raises_its_alerts() throws Exception {
        String leader = LAB.findLeader("server1");
        List<String> standbys = ServerLab.SERVERS.stream()
                .filter(server -> !server.equals(leader))
                .toList();
        try (AlertReceiver receiver = receiveAlerts()) {
            LAB.compose(standbys.getFirst(), "stop", "postgres");
            awaitAlert(receiver, "DatabaseServerDown");
            LAB.compose(standbys.getLast(), "stop", "postgres");
            awaitAlert(receiver, "DatabaseWithoutStandby");
            LAB.compose(leader, "stop", "postgres");
            awaitAlert(receiver, "DatabaseWithoutLeader");
        }
    }

    private static AlertReceiver receiveAlerts() throws IOException {
        AlertReceiver receiver = new AlertReceiver();
        Files.writeString(FOLDER.resolve("server1/monitoring/webhook-url"), receiver.urlAt(LAB.findEngineAddress()));
        return receiver;
    }

    private static void awaitAlert(AlertReceiver receiver, String name) {
        await(name).atMost(LONGEST_RECOVERY).until(() -> receiver.hasAlert(alert -> alert.contains(name)));
    }

    private static String query(String expression) throws InterruptedException {
        return LAB.compose(
                "server1",
                "exec",
                "-T",
                "prometheus",
                "promtool",
                "query",
                "instant",
                "--http.config.file=/etc/voyage/client.yml",
                "https://prometheus.server1:9090",
                expression);
    }

    @Test
    @Order(3)
    void a_service_reads_no_foreign_topic_and_a_client_without_a_certificate_is_refused() throws Exception {
        assertThat(readTopic("overseas", "mobility.inbound-enrolment")).contains("TopicAuthorizationException");
        assertThat(readTopic("feeds", "mobility.inbound-enrolment")).contains("TopicAuthorizationException");
        assertThat(readTopic("prometheus", "overseas.overseas-school")).contains("TopicAuthorizationException");
        for (String address : List.of("kafka.server1:9092", "etcd.server1:2379")) {
            assertThat(LAB.runInNetwork(
                            "voyage/jre:25",
                            "mobility",
                            "timeout 20 openssl s_client -quiet -connect " + address
                                    + " -CAfile /certificates/authority.crt </dev/null; echo"))
                    .as(address)
                    .contains("alert certificate required");
        }
        assertThat(LAB.runInNetwork(
                        "voyage/postgres:17",
                        "postgres",
                        "PGPASSWORD=x psql -h postgres.server1 -U mobility"
                                + " 'dbname=mobility sslmode=disable'; echo"))
                .contains("no encryption");
        assertThat(LAB.runInNetwork(
                        "voyage/postgres:17",
                        "postgres",
                        "PGPASSWORD=$(sed -n s/^VOYAGE_POSTGRES_PASSWORD=//p /etc/voyage/settings) psql -h postgres.server1"
                                + " -U postgres 'dbname=mobility sslmode=require'; echo"))
                .contains("pg_hba.conf rejects connection");
    }

    @Test
    @Order(3)
    void the_door_leads_to_no_administration_of_keycloak() throws Exception {
        for (String path : List.of(
                "/realms/master/.well-known/openid-configuration",
                "/realms/voyage/../master/.well-known/openid-configuration",
                "/realms/voyage/%2e%2e/master/.well-known/openid-configuration",
                "/admin/master/console/")) {
            assertThat(curl(ServerLab.HOST, 443, "server1", path, "--path-as-is"))
                    .as(path)
                    .doesNotContain("/realms/master")
                    .doesNotContainIgnoringCase("keycloak");
        }
        assertThat(keycloak("/realms/master/.well-known/openid-configuration")).contains("/realms/master");
        assertThat(curl(ServerLab.HOST, 443, "server1", "/", "--header", "Host: another.example.org"))
                .as("a problem document for an unknown host")
                .contains("\"status\":421", "\"detailZh\"");
    }

    /** Reads a topic with the certificate of a role; that of a service that may read it is the platform's own work. */
    private static String readTopic(String role, String topic) throws InterruptedException {
        return LAB.runInNetwork(
                "voyage/kafka:4.1.2",
                role,
                "start-kafka org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server kafka.server1:9092"
                        + " --consumer.config /etc/voyage/client.properties --topic " + topic
                        + " --partition 0 --offset earliest --timeout-ms 20000; echo");
    }

    @Test
    @Order(4)
    void nothing_between_the_parts_is_in_clear() throws Exception {
        Path script = Path.of("src/test/resources/find-on-the-wire.py").toAbsolutePath();
        ProcessBuilder capture = new ProcessBuilder(
                        "docker",
                        "run",
                        "--rm",
                        "--user",
                        "0",
                        "--network",
                        "host",
                        "--cap-add",
                        "NET_RAW",
                        "--volume",
                        script + ":/find.py:ro",
                        "--entrypoint",
                        "python3",
                        "voyage/postgres:17",
                        "/find.py",
                        PLANTED,
                        "45")
                .redirectErrorStream(true);
        Process running = capture.start();
        running.getOutputStream().close();
        try (var lines = running.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("listening");
            // The same word without TLS, so that a capture that sees nothing fails.
            DockerEngine.run(
                    Path.of("."),
                    Map.of(),
                    "bash",
                    "-c",
                    "echo " + PLANTED + "-CONTROL >/dev/udp/" + LAB.findEngineAddress() + "/9");
            put("server1", PLANTED, PLANTED);
            await("figure").atMost(LONGEST_RECOVERY).until(() -> countSchools("server2") == schools);
            String found = String.join("\n", lines.lines().toList());
            assertThat(found).contains("1 in clear: " + PLANTED + "-CONTROL");
            assertThat(Integer.parseInt(find("(\\d+) packets", found))).isGreaterThan(1000);
        }
    }

    @Test
    @Order(5)
    void faults_of_each_kind_lose_double_and_reorder_nothing() throws Exception {
        List<FaultKind> kinds =
                Boolean.getBoolean("voyage.test.long") ? List.of(FaultKind.values()) : FAULTS_OF_A_SHORT_TEST;
        ClusterProof.ProofVerdict verdict = PROOF.prove(
                ClusterProof.ProofPlan.shortOf(LocalDate.now().toEpochDay()).withKinds(kinds));
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.voidFaults()).isEmpty();
        assertThat(verdict.faults()).isEqualTo(kinds.size());
        assertThat(verdict.writes()).isGreaterThan(1000);
    }

    /** In the long form only: everything starts twice. */
    @Test
    @Order(6)
    @EnabledIfSystemProperty(named = "voyage.test.long", matches = "true")
    void the_databases_come_back_as_of_a_second() throws Exception {
        // The proof has left schools of its own.
        schools = countSchools("server1");
        String leader = LAB.findLeader("server1");
        assertThat(LAB.cluster("backup", FOLDER.resolve(leader).toString(), "full"))
                .contains("full backup");
        openSchool("server1");
        String time = LAB.compose(
                leader,
                "exec",
                "-T",
                "postgres",
                "psql",
                "-U",
                "postgres",
                "-Atc",
                "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'");
        openSchool("server1");
        long begun = System.nanoTime();
        for (String server : ServerLab.SERVERS) {
            if (!server.equals(leader)) {
                assertThat(refusal("restore", FOLDER.resolve(leader).toString(), time))
                        .contains("Its database still runs");
            }
            DockerEngine.require(
                    FOLDER.resolve(server),
                    Map.of(),
                    "bash",
                    "-c",
                    "docker compose stop --timeout 60 $(docker compose ps --services | grep -vE '^(etcd|kafka)$')");
        }
        assertThat(refusal("restore", FOLDER.resolve(leader).toString(), "2099-01-01 00:00:00+00"))
                .contains("restore again to a time that the backups cover");
        assertThat(refusal("rejoin", FOLDER.resolve(leader).toString()))
                .contains("No database of another server leads");
        assertThat(LAB.cluster("restore", FOLDER.resolve(leader).toString(), time))
                .contains("last completed transaction", "are as of " + time);
        schools--;
        for (String server : ServerLab.SERVERS) {
            if (!server.equals(leader)) {
                LAB.cluster("rejoin", FOLDER.resolve(server).toString());
            }
        }
        LAB.start();
        LAB.awaitHealth(LONGEST_START);
        await("figure").atMost(LONGEST_RECOVERY).ignoreExceptions().until(() -> countSchools("server2") == schools);
        System.out.println("databases as of a second, all healthy and figures current after "
                + (System.nanoTime() - begun) / 1_000_000_000 + " s");
    }

    /** Returns the secret that Keycloak made for the program of a bureau. */
    private static String findSecret() throws Exception {
        String admin = find(
                "\"access_token\":\"([^\"]+)\"",
                keycloak(
                        "/realms/master/protocol/openid-connect/token",
                        "--data",
                        "grant_type=password&client_id=admin-cli&username=admin&password="
                                + LAB.findSetting("VOYAGE_KEYCLOAK_ADMIN_PASSWORD")));
        String authorization = "Authorization: Bearer " + admin;
        String id = find(
                "^\\[\\{\"id\":\"([^\"]+)\"",
                keycloak("/admin/realms/voyage/clients?clientId=bureau-12", "--header", authorization));
        return find(
                "\"value\":\"([^\"]+)\"",
                keycloak("/admin/realms/voyage/clients/" + id + "/client-secret", "--header", authorization));
    }

    private static String keycloak(String path, String... options) throws Exception {
        return curl("keycloak.server1", 8448, "server1", path, options);
    }

    private static void openSchool(String server) throws Exception {
        put(server, "CLUSTER-" + (schools + 1), "泰国鲁班工坊");
    }

    /** Sends one more school of the province to the door of a server. */
    private static void put(String server, String key, String name) throws Exception {
        String record = """
                {"name":"%s","brand":"luban-workshop","tier":"workshop","form":"training-centre","hostCountry":"THA",\
                "foundingColleges":["4112900001"],"majors":["460301"],"status":"open","openedOn":"2025-11-01"}""".formatted(name);
        // A loaded machine answers 503 now and then: a client repeats.
        await(key)
                .atMost(LONGEST_RECOVERY)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(curl(
                                ServerLab.HOST,
                                443,
                                server,
                                "/api/overseas/v1/overseas-schools/12/" + key,
                                "--request",
                                "PUT",
                                "--header",
                                "Authorization: Bearer " + token(server),
                                "--header",
                                "Content-Type: application/json",
                                "--write-out",
                                " status %{http_code}",
                                "--data",
                                record))
                        .containsPattern("status 20[01]$"));
        // A write whose answer was lost is repeated and then counts once.
        schools++;
    }

    private static int countSchools(String server) throws Exception {
        return Integer.parseInt(find(
                "\"value\"\\s*:\\s*(\\d+)",
                curl(
                        ServerLab.HOST,
                        443,
                        server,
                        "/api/indicators/v1/indicators/overseas-schools/values?province=12&period=2025",
                        "--header",
                        "Authorization: Bearer " + token(server))));
    }

    private static String token(String server) throws Exception {
        return find(
                "\"access_token\":\"([^\"]+)\"",
                curl(
                        ServerLab.HOST,
                        443,
                        server,
                        "/realms/voyage/protocol/openid-connect/token",
                        "--data",
                        "grant_type=client_credentials&client_id=bureau-12&client_secret=" + secret));
    }

    /** Asks one of the servers as its users do: by a name, with TLS, trusting the own authority only. */
    private static String curl(String host, int port, String server, String path, String... options) throws Exception {
        String address = "127.0.0.1" + server.charAt(server.length() - 1);
        return DockerEngine.require(
                Path.of("."),
                Map.of(),
                Stream.concat(
                                Stream.of(
                                        "curl",
                                        "--silent",
                                        "--show-error",
                                        "--max-time",
                                        "20",
                                        "--cacert",
                                        FOLDER.resolve("authority/authority.crt")
                                                .toString(),
                                        "--resolve",
                                        host + ":" + port + ":" + address,
                                        "https://" + host + ":" + port + path),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    /** Returns what a refused command prints. */
    private static String refusal(String... arguments) throws InterruptedException {
        DockerEngine.Result result = LAB.tryCluster(arguments);
        assertThat(result.code()).as(result.output()).isNotZero();
        return result.output();
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
