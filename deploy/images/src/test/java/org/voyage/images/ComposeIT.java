package org.voyage.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.voyage.prove.DockerEngine;

/** The images and docker-compose.yml on a real engine: start, one record, the end of each process, a restart. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final String NAME = "voyage-compose-it";
    /** Container in place of a bare machine, with an engine of its own. */
    private static final String BARE = NAME + "-bare";

    private static final Path PORTS = Path.of("target/compose-ports.yml").toAbsolutePath();
    private static final List<String> CONTAINERS = List.of(
            "postgres",
            "kafka",
            "issuer",
            "dashboard",
            "overseas",
            "indicators",
            "mobility",
            "cooperation",
            "standards",
            "feeds");
    private static final String SCHOOL = """
            {"name":"泰国鲁班工坊","brand":"luban-workshop","tier":"workshop","form":"training-centre",\
            "hostCountry":"THA","hostCity":"清迈","foundingColleges":["4112900001"],"majors":["460301"],\
            "status":"open","openedOn":"2025-11-01"}""";
    /** The time in which a machine under the load of other tests starts a service again. */
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(4);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    /** Settings of services and times of alerts for planted faults; without them in the other cases. */
    private static final Path FAULTS = Path.of("target/compose-faults.yml").toAbsolutePath();

    private static final String EVIDENCE_LOCKS =
            "select count(*) from pg_locks where granted and mode = 'AccessExclusiveLock' and relation = 'evidence'::regclass";

    private static AlertReceiver receiver;
    private static int schools;

    @BeforeAll
    static void start_the_containers() throws Exception {
        if (!ContainerImages.canBeMade()) {
            return;
        }
        ContainerImages.make();
        receiver = new AlertReceiver();
        Files.deleteIfExists(FAULTS);
        writeOverrides();
        compose("down", "--volumes", "--timeout", "5");
        compose("up", "--detach", "--wait", "--wait-timeout", "900");
    }

    /** Other tests use the ports of a demonstration. Alerts go to this test. */
    private static void writeOverrides() throws IOException {
        Path watcher = Files.createDirectories(Path.of("target/alertmanager").toAbsolutePath());
        // With the lines of mail, for a server that knows neither users nor TLS.
        Files.writeString(
                watcher.resolve("alertmanager.yml"),
                Files.readString(PROJECT.resolve("deploy/monitoring/alertmanager.yml"))
                        .replace("#mail ", "")
                        .replaceAll("(?m)^ +auth_.*\n", "")
                        .replaceAll(
                                "smarthost: .*",
                                "smarthost: host.docker.internal:" + receiver.mailPort()
                                        + "\n        require_tls: false"));
        Files.writeString(watcher.resolve("webhook-url"), receiver.urlAt("host.docker.internal"));
        Files.writeString(
                PORTS,
                CONTAINERS.stream()
                        .map(container -> "  " + container + ":\n    ports: !override [" + portOf(container) + "]\n")
                        .collect(Collectors.joining("", "services:\n", """
                          prometheus:
                            ports: !override []
                          alertmanager:
                            ports: !override []
                            extra_hosts: ["host.docker.internal:host-gateway"]
                            volumes: !override ["%s:/etc/alertmanager:ro", "alertmanager-data:/data"]
                        """.formatted(watcher))));
    }

    /** In each test: a failed assumption of the whole class is not counted as skipped. */
    @BeforeEach
    void require_an_engine() throws Exception {
        Assumptions.assumeTrue(
                ContainerImages.canBeMade(),
                "Root has no Docker engine with Compose here, or mmdebstrap is missing, so no container is tested:"
                        + " install docker.io, docker-cli, docker-compose and mmdebstrap, and start dockerd.");
    }

    @AfterAll
    static void remove_the_containers() throws InterruptedException {
        if (receiver != null) {
            receiver.close();
        }
        if (Files.exists(PORTS) && ContainerImages.canBeMade()) {
            compose("down", "--volumes", "--timeout", "5");
        }
    }

    private static String portOf(String container) {
        return switch (container) {
            case "dashboard" -> "\"127.0.0.1::8080\"";
            case "issuer" -> "\"127.0.0.1::8086\"";
            default -> "";
        };
    }

    @Test
    @Order(1)
    void a_record_becomes_a_figure_at_the_public_door() throws Exception {
        assertThat(countSchools(openSchool())).isEqualTo(1);
    }

    @Test
    @Order(2)
    void a_file_of_records_is_taken_in() throws Exception {
        HttpResponse<String> answer = sendFile("overseas", "overseas-schools", schoolRows(Stream.of("COMPOSE-FILE")));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        assertThat(find("\"created\"\\s*:\\s*(\\d+)", answer.body())).isEqualTo("1");
        schools++;
    }

    @Test
    @Order(2)
    void no_container_is_root_or_writes_into_its_image_or_has_no_limit() throws Exception {
        for (String container : CONTAINERS) {
            String id = idOf(container);
            assertThat(DockerEngine.docker(
                            "inspect",
                            "--format",
                            "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}"
                                    + " {{gt .HostConfig.Memory 0}}",
                            id))
                    .as(container)
                    .isEqualTo("true [ALL] [no-new-privileges:true] true");
            assertThat(DockerEngine.docker("inspect", "--format", "{{range .Mounts}}{{.Name}} {{end}}", id))
                    .as("volumes of %s without a name, which stay behind at each stop", container)
                    .doesNotContainPattern("[0-9a-f]{64}");
            assertThat(DockerEngine.docker("exec", id, "id", "-u"))
                    .as(container)
                    .isNotEqualTo("0");
        }
    }

    @Test
    @Order(3)
    void java_shares_its_archive_of_classes() throws Exception {
        assertThat(DockerEngine.docker("run", "--rm", "voyage/jre:25", "java", "-Xshare:on", "-version"))
                .contains("sharing");
    }

    @Test
    @Order(4)
    void each_image_has_a_bill_of_its_parts() throws Exception {
        for (String image : ContainerImages.NAMES) {
            Path bill = Path.of("target/sbom", image + ".cdx.json");
            assertThat(new JsonParser().validate(bill.toFile(), Version.VERSION_16))
                    .as(image)
                    .isEmpty();
            assertThat(Files.readString(bill)).contains("pkg:deb/debian/libc6@");
        }
        assertThat(Files.readString(Path.of("target/sbom/overseas.cdx.json")))
                .contains("pkg:maven/io.quarkus/quarkus-core@", "pkg:deb/debian/openjdk-25-jre-headless@");
        assertThat(Files.readString(Path.of("target/sbom/postgres.cdx.json")))
                .as("the removed compiler of queries")
                .doesNotContain("libllvm");
    }

    @Test
    @Order(4)
    void a_second_build_of_one_state_has_the_same_layers() throws Exception {
        for (String image : List.of("libraries", "overseas", "issuer", "kafka")) {
            Path layers = Path.of("target", image, "layers.txt");
            String first = Files.readString(layers);
            DockerEngine.require(Path.of("."), Map.of(), "./build.sh", image);
            assertThat(Files.readString(layers)).isEqualTo(first);
        }
    }

    @Test
    @Order(5)
    void a_process_that_is_killed_starts_again_and_nothing_is_lost() throws Exception {
        StringBuilder times = new StringBuilder("kill -9, then record and figure after s:");
        for (String container : CONTAINERS) {
            long begun = System.nanoTime();
            killProcess(container);
            await(container)
                    .atMost(LONGEST_RECOVERY)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        assertThat(inspect(container, "{{.RestartCount}}")).isEqualTo("1");
                        assertThat(inspect(container, "{{.State.Health.Status}}"))
                                .isEqualTo("healthy");
                    });
            await(container)
                    .atMost(LONGEST_RECOVERY)
                    .ignoreExceptions()
                    .until(() -> countSchools(openSchool()) == schools);
            times.append(' ').append(container).append(' ').append((System.nanoTime() - begun) / 1_000_000_000);
        }
        System.out.println(times);
    }

    @Test
    @Order(6)
    void memory_stays_below_the_limits() throws Exception {
        for (String container : CONTAINERS) {
            assertThat(inspect(container, "{{.State.OOMKilled}}")).as(container).isEqualTo("false");
            double percent = Double.parseDouble(
                    DockerEngine.docker("stats", "--no-stream", "--format", "{{.MemPerc}}", idOf(container))
                            .replace("%", ""));
            assertThat(percent).as(container).isLessThan(90);
        }
    }

    @Test
    @Order(6)
    void promtool_passes_the_rules_of_alerts() throws Exception {
        assertThat(DockerEngine.docker(
                        "run",
                        "--rm",
                        "--volume",
                        PROJECT.resolve("deploy/monitoring") + ":/rules:ro",
                        "--workdir",
                        "/rules",
                        "voyage/prometheus:2.53",
                        "promtool",
                        "test",
                        "rules",
                        "alerts.test.yml"))
                .contains("SUCCESS");
        Set<String> rules = findAll("- alert: (\\w+)", "alerts.yml");
        assertThat(findAll("alertname: (\\w+) }", "alerts.test.yml"))
                .as("tested")
                .containsAll(rules);
    }

    @Test
    @Order(3)
    void each_target_answers_and_has_the_metrics_of_the_rules() throws Exception {
        await("targets")
                .atMost(Duration.ofMinutes(1))
                .until(() -> query("up{job=\"voyage\"} == 0").isEmpty());
        Set<String> metrics = new HashSet<>(findAll("(voyage_\\w+)", "alerts.yml"));
        for (GrafanaDashboard dashboard : GrafanaDashboard.readAll()) {
            metrics.addAll(dashboard.metrics());
        }
        // These come with an alliance's endpoint, and with a refused row.
        metrics.removeIf(metric ->
                metric.matches("voyage_feeds_(endpoints|deliveries|webhook).*|voyage_bulk_refused_kept_bytes"));
        for (String metric : metrics) {
            await(metric)
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !query(metric).isEmpty());
        }
        assertThat(query("voyage_quota_used_bytes > on (instance, quota) group_left 0 * voyage_quota_limit_bytes"))
                .as("labels of the rule of quotas")
                .contains("province=\"12\"");
    }

    @Test
    @Order(6)
    void promtool_reads_the_questions_of_the_dashboards() throws Exception {
        StringBuilder rules = new StringBuilder("groups:\n- name: dashboards\n  rules:\n");
        for (GrafanaDashboard dashboard : GrafanaDashboard.readAll()) {
            for (String question : dashboard.questions()) {
                rules.append("  - record: panel\n    expr: >-\n      ")
                        .append(question)
                        .append('\n');
            }
        }
        Files.writeString(Path.of("target/dashboards.yml"), rules);
        assertThat(DockerEngine.docker(
                        "run",
                        "--rm",
                        "--volume",
                        Path.of("target/dashboards.yml").toAbsolutePath() + ":/dashboards.yml:ro",
                        "voyage/prometheus:2.53",
                        "promtool",
                        "check",
                        "rules",
                        "--lint=none",
                        "/dashboards.yml"))
                .contains("SUCCESS");
    }

    private static String query(String expression) throws InterruptedException {
        return compose("exec", "-T", "prometheus", "promtool", "query", "instant", "http://localhost:9090", expression);
    }

    @Test
    @Order(6)
    void the_end_of_a_service_and_its_return_reach_the_receiver_of_alerts() throws Exception {
        receiver.clear();
        compose("stop", "standards");
        awaitAlert("firing");
        compose("start", "standards");
        awaitAlert("resolved");
    }

    private static void awaitAlert(String status) {
        await(status)
                .atMost(LONGEST_RECOVERY)
                .until(() -> receiver.hasAlert(alert -> alert.contains("\"status\":\"" + status + "\"")
                        && alert.contains("\"alertname\":\"ServiceDown\"")
                        && alert.contains("\"service\":\"standards\"")));
        await(status + " by mail")
                .atMost(LONGEST_RECOVERY)
                .until(() -> receiver.hasMail(mail -> mail.contains("Subject: [" + status.toUpperCase(Locale.ROOT))
                        && mail.contains("ServiceDown")
                        && mail.contains("standards")));
    }

    private static Set<String> findAll(String pattern, String file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(PROJECT.resolve("deploy/monitoring").resolve(file)))
                .results()
                .map(match -> match.group(1))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @Test
    @Order(7)
    void the_data_outlives_the_containers() throws Exception {
        String receipt = openSchool();
        compose("down", "--timeout", "60");
        compose("up", "--detach", "--wait", "--wait-timeout", "900");
        assertThat(countSchools(receipt)).isEqualTo(schools);
    }

    /** In the long form only: promtool tests the times of the rules, which are short here, and this case their metrics. */
    @Test
    @Order(8)
    @EnabledIfSystemProperty(named = "voyage.test.long", matches = "true")
    void planted_faults_raise_their_alerts() throws Exception {
        plantSettings();
        receiver.clear();
        compose("up", "--detach", "--wait", "--wait-timeout", "900");

        // The relay has read these rows when it began: it does not heal this one.
        changeDatabase("cooperation", "insert into outbox_stopped values ('topic', 'key', 0, 'too large')");
        changeDatabase(
                "overseas", "insert into stored_bytes values ('31', (now() at time zone 'Asia/Shanghai')::date, 1e15)");
        compose("exec", "-T", "overseas", "bash", "-c", "touch /data/bulk/" + findBatch());
        changeDatabase(
                "overseas",
                "update batch set state = 'RUNNING', attempts = 99, instance = 'gone', touched_at = now() - interval '1 day'");
        changeDatabase("mobility", "alter table batch rename to batch_gone");
        send(HttpRequest.newBuilder(dashboard("/api/mobility/v1/batches"))
                .header("Authorization", "Bearer " + token("operator"))
                .build());
        awaitAlerts(
                "DiskLow", "OutboxWeakTopics", "OutboxStopped", "QuotaHigh", "FileGivenUp", "ServerErrors", "ProofOld");

        publishUnreadableSchool();
        publishRecognitionWithoutStandard();
        changeDatabase(
                "indicators",
                "update evidence set after = (after::jsonb || '{\"hostCountry\":\"KEN\"}')::json"
                        + " where source_id = 'COMPOSE-1'");
        awaitAlerts("FiguresDeadLetters", "FeedsDeadLetters", "RecognitionsOverdue", "ProofDiffers");

        holdLock("overseas", "select pg_advisory_xact_lock(7306, 0)");
        holdLock("feeds", "lock table feed, assigner_state, record_state in access exclusive mode");
        openSchool();
        awaitAlerts("AuditOld", "AssignerSilent");

        holdLock("indicators", "lock table evidence in access exclusive mode");
        await("lock")
                .atMost(LONGEST_RECOVERY)
                .until(() -> changeDatabase("indicators", EVIDENCE_LOCKS).equals("1"));
        HttpResponse<String> rows = sendFile(
                "overseas",
                "overseas-schools",
                schoolRows(IntStream.range(0, 50).mapToObj(number -> "COMPOSE-BEHIND-" + number)));
        assertThat(rows.statusCode()).as(rows.body()).isBetween(200, 202);
        awaitAlerts("EvidenceBehind");
        await("end of the lock")
                .atMost(LONGEST_RECOVERY)
                .until(() -> changeDatabase("indicators", EVIDENCE_LOCKS).equals("0"));
        await("known lag")
                .atMost(LONGEST_RECOVERY)
                .until(() -> query("voyage_indicators_live_lag >= 0").contains("=> 0")
                        && query("ALERTS{alertname=\"LagUnknown\"}").isEmpty());

        receiver.clear();
        compose("stop", "kafka");
        put("overseas/v1/overseas-schools/12/COMPOSE-WAITING", SCHOOL);
        awaitAlerts("OutboxOld", "LagUnknown");
    }

    /** Makes one topic too weak and one disk too small, and each time of an alert short. */
    private static void plantSettings() throws IOException, InterruptedException {
        Path watcher = Path.of("target/compose-prometheus").toAbsolutePath();
        run(Path.of("."), "cp", "-rT", PROJECT.resolve("deploy/monitoring").toString(), watcher.toString());
        Path rules = watcher.resolve("alerts.yml");
        Files.writeString(
                rules,
                Files.readString(rules).replaceAll("(?m)^ +for: .*\n", "").replaceAll("(_seconds) > \\d+", "$1 > 5"));
        Path settings = watcher.resolve("prometheus.yml");
        Files.writeString(settings, Files.readString(settings).replace("interval: 15s", "interval: 3s"));
        Files.writeString(FAULTS, """
                services:
                  prometheus:
                    volumes: !override ["%s:/etc/prometheus:ro", "prometheus-data:/data"]
                  cooperation:
                    environment: { VOYAGE_OUTBOX_REPLICATION: "3" }
                  standards:
                    environment: { VOYAGE_BULK_DISK_FLOOR: 100000G }
                  feeds:
                    environment: { VOYAGE_FEEDS_ASSIGNER_MAX_WAIT: 1s }
                  indicators:
                    environment: { VOYAGE_INDICATORS_PROOF_EVERY: 30s }
                """.formatted(watcher));
    }

    private static void awaitAlerts(String... names) {
        for (String name : names) {
            await(name)
                    .atMost(LONGEST_RECOVERY)
                    .until(() -> receiver.hasAlert(alert ->
                            alert.contains("\"status\":\"firing\",\"labels\":{\"alertname\":\"" + name + "\"")));
        }
    }

    private static String changeDatabase(String database, String sql) throws InterruptedException {
        return compose(
                "exec",
                "-T",
                "postgres",
                "psql",
                "-U",
                "postgres",
                "-v",
                "ON_ERROR_STOP=1",
                "-At",
                "-d",
                database,
                "-c",
                sql);
    }

    /** Returns the id of the file of records that this test has sent: a file that is gone is not given up. */
    private static String findBatch() throws InterruptedException {
        return changeDatabase("overseas", "select id from batch limit 1");
    }

    /** Runs a command that locks, and keeps its lock for a minute. */
    private static void holdLock(String database, String sql) throws InterruptedException {
        compose(
                "exec",
                "-T",
                "--detach",
                "postgres",
                "psql",
                "-U",
                "postgres",
                "-d",
                database,
                "-c",
                "begin; " + sql + "; select pg_sleep(60)");
    }

    private static void publishUnreadableSchool() throws InterruptedException {
        publish("overseas.overseas-school", "12/COMPOSE-1\t{broken", "");
    }

    /** Publishes a copy of a recognition's event under another key, whose standard is missing. */
    private static void publishRecognitionWithoutStandard() throws Exception {
        HttpResponse<String> standard = put("standards/v1/standards/12/ST-1", """
                {"title":"机电一体化技术专业教学标准","kind":"instruction","developingColleges":["4112900001"],\
                "field":"46","edition":"2023"}""");
        assertThat(standard.statusCode()).as(standard.body()).isBetween(200, 201);
        HttpResponse<String> recognition = put("standards/v1/recognitions/12/RE-1", """
                {"standard":"ST-1","country":"THA","adopter":"泰国教育部","level":"registered-by-authority",\
                "decidedOn":"2025-02-01"}""");
        assertThat(recognition.statusCode()).as(recognition.body()).isBetween(200, 201);
        String event = kafka(
                "org.apache.kafka.tools.consumer.ConsoleConsumer",
                "--topic standards.recognition --from-beginning --max-messages 1 --timeout-ms 30000"
                        + " --property print.headers=true --property print.key=true");
        publish(
                "standards.recognition",
                event.lines()
                        .filter(line -> line.contains("RE-1"))
                        .findFirst()
                        .orElseThrow()
                        .replace("RE-1", "RE-2")
                        .replace("ST-1", "ST-2"),
                " --property parse.headers=true");
    }

    private static void publish(String topic, String line, String options) throws InterruptedException {
        run(
                PROJECT,
                "bash",
                "-c",
                "printf '%s\n' \"$0\" | docker exec -i " + idOf("kafka")
                        + " start-kafka org.apache.kafka.tools.ConsoleProducer --bootstrap-server localhost:9092"
                        + " --property parse.key=true --topic " + topic + options,
                line);
    }

    private static String kafka(String program, String options) throws InterruptedException {
        return compose(DockerEngine.prepend(
                "exec",
                DockerEngine.prepend(
                        "-T",
                        ("kafka start-kafka " + program + " --bootstrap-server localhost:9092 " + options)
                                .split(" "))));
    }

    @Test
    @Order(9)
    void a_volume_of_another_version_is_not_overwritten() throws Exception {
        DockerEngine.Result result = DockerEngine.run(
                Path.of("."),
                Map.of(),
                "docker",
                "run",
                "--rm",
                "--entrypoint",
                "bash",
                "voyage/postgres:17",
                "-c",
                "mkdir -p /var/lib/postgresql/18/docker && echo 18 >/var/lib/postgresql/18/docker/PG_VERSION"
                        + " && POSTGRES_PASSWORD=x start-postgres");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("The volume has data of PostgreSQL 18, this image is PostgreSQL 17");
    }

    /** In the long form only: it packs and starts everything again. */
    @Test
    @Order(10)
    @EnabledIfSystemProperty(named = "voyage.test.long", matches = "true")
    void a_signed_bundle_starts_on_a_machine_without_a_network() throws Exception {
        compose("down", "--timeout", "5");
        Path folder = Files.createDirectories(Path.of("target/bundle").toAbsolutePath());
        for (String file : List.of("voyage.tar", "voyage.tar.sig", "voyage.pub", "key.pem", "other.pem", "other.pub")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        for (String key : List.of("key", "other")) {
            run(folder, "openssl", "genpkey", "-algorithm", "ed25519", "-out", key + ".pem");
        }
        run(folder, "openssl", "pkey", "-in", "other.pem", "-pubout", "-out", "other.pub");
        run(
                Path.of("."),
                "./bundle.sh",
                folder.resolve("voyage.tar").toString(),
                folder.resolve("key.pem").toString());

        DockerEngine.run(Path.of("."), Map.of(), "docker", "rm", "--force", "--volumes", BARE);
        DockerEngine.docker(
                "run",
                "--detach",
                "--name",
                BARE,
                "--privileged",
                "--network",
                "none",
                "--user",
                "0",
                "--volume",
                folder + ":/media:ro",
                "--volume",
                "/var/lib/docker",
                "--volume",
                "/work",
                "voyage/jre:25",
                "sleep",
                "infinity");
        try {
            assertThat(DockerEngine.docker("exec", BARE, "ls", "/sys/class/net"))
                    .as("interfaces: no packet can leave")
                    .isEqualTo("lo");
            DockerEngine.docker(
                    "exec", "--workdir", "/work", BARE, "tar", "xf", "/media/voyage.tar", "--strip-components=1");
            assertThat(install("./install /media/other.pub")).contains("The bundle is not signed by this key");
            assertThat(
                            install(
                                    "cp images.txt whole; echo x >>images.txt; ./install /media/voyage.pub; mv whole images.txt"))
                    .contains("The bundle is damaged");
            assertThat(install("echo 'services: {}' >docker-compose.override.yml; ./install /media/voyage.pub;"
                            + " rm docker-compose.override.yml"))
                    .contains("The bundle has files that its maker has not signed");
            assertThat(install(
                            "openssl dgst -sha256 -binary /media/voyage.tar >/tmp/sum && openssl pkeyutl -verify -rawin"
                                    + " -pubin -inkey /media/voyage.pub -sigfile /media/voyage.tar.sig -in /tmp/sum"))
                    .contains("Signature Verified Successfully");
            assertThat(install("./install /media/voyage.pub")).contains("The Docker engine does not answer");
            DockerEngine.docker("exec", "--detach", BARE, "dockerd");
            await("engine")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> install("docker info").contains("Server Version"));
            long begun = System.nanoTime();
            assertThat(install("cd /media && /work/install voyage.pub"))
                    .contains("Voyage answers at http://localhost:8087/");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(15));
        } finally {
            DockerEngine.docker("rm", "--force", "--volumes", BARE);
        }
    }

    /** Runs a command in the folder of the bundle, on the machine without a network. */
    private static String install(String command) throws InterruptedException {
        return DockerEngine.run(
                        Path.of("."), Map.of(), "docker", "exec", "--workdir", "/work", BARE, "bash", "-c", command)
                .output();
    }

    private static void run(Path folder, String... command) throws InterruptedException {
        DockerEngine.require(folder, Map.of(), command);
    }

    /** Ends the process from outside: the engine takes its own kill for a stop, and does not start it again. */
    private static void killProcess(String container) throws InterruptedException {
        DockerEngine.docker(
                "run",
                "--rm",
                "--privileged",
                "--pid=host",
                "voyage/jre:25",
                "bash",
                "-c",
                "kill -9 " + inspect(container, "{{.State.Pid}}"));
    }

    private static HttpResponse<String> sendFile(String service, String collection, String csv) throws Exception {
        return send(HttpRequest.newBuilder(dashboard("/api/" + service + "/v1/" + collection + "/batches"))
                .header("Authorization", "Bearer " + token("bureau-12"))
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(csv))
                .build());
    }

    private static String schoolRows(Stream<String> keys) {
        return keys.map(key ->
                        key + ",老挝鲁班工坊,luban-workshop,workshop,training-centre,LAO,4112900001,460301,open,2020-05-01\n")
                .collect(Collectors.joining(
                        "", "sourceId,name,brand,tier,form,hostCountry,foundingColleges,majors,status,openedOn\n", ""));
    }

    private static HttpResponse<String> put(String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(dashboard("/api/" + path))
                .header("Authorization", "Bearer " + token("bureau-12"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Sends one more school of the province and returns the receipt of the write. */
    private static String openSchool() throws Exception {
        HttpResponse<String> answer = put("overseas/v1/overseas-schools/12/COMPOSE-" + (schools + 1), SCHOOL);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        // A write whose answer was lost is repeated and then counts once.
        schools++;
        return answer.headers().firstValue("Voyage-Receipt").orElseThrow();
    }

    private static int countSchools(String receipt) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(dashboard(
                        "/api/indicators/v1/indicators/overseas-schools/values?province=12&period=2025&receipt="
                                + receipt))
                .header("Authorization", "Bearer " + token("operator"))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Integer.parseInt(find("\"value\"\\s*:\\s*(\\d+)", answer.body()));
    }

    private static String token(String client) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address("issuer", 8086, "/token"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((client + ":local-" + client).getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
        return find("\"access_token\"\\s*:\\s*\"([^\"]+)\"", answer.body());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static URI dashboard(String path) throws InterruptedException {
        return address("dashboard", 8080, path);
    }

    private static URI address(String container, int port, String path) throws InterruptedException {
        return URI.create("http://" + compose("port", container, String.valueOf(port)) + path);
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static String inspect(String container, String format) throws InterruptedException {
        return DockerEngine.docker("inspect", "--format", format, idOf(container));
    }

    private static String idOf(String container) throws InterruptedException {
        return compose("ps", "--all", "--quiet", container);
    }

    private static String compose(String... arguments) throws InterruptedException {
        return DockerEngine.require(
                PROJECT,
                Map.of(
                        "COMPOSE_PROJECT_NAME",
                        NAME,
                        "COMPOSE_FILE",
                        "docker-compose.yml:deploy/compose/monitoring.yml:" + PORTS
                                + (Files.exists(FAULTS) ? ":" + FAULTS : "")),
                DockerEngine.prepend("docker", DockerEngine.prepend("compose", arguments)));
    }
}
