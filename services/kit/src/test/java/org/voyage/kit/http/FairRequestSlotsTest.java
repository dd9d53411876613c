package org.voyage.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kit.access.Role;
import org.voyage.kit.http.PlaceClaim.ClaimState;
import org.voyage.kit.http.PlaceShortage.ShortageScope;
import org.voyage.kit.problem.Refusal;

class FairRequestSlotsTest {
    private static final PlaceLimits LIMITS = new PlaceLimits(2, 3, 4, 2);

    private long now;
    private FairRequestSlots places = newPlaces(LIMITS);

    private FairRequestSlots newPlaces(PlaceLimits limits) {
        return new FairRequestSlots(limits, () -> now);
    }

    private PlaceClaim claim(String client, @Nullable String province) {
        return claim(new CostCaller(client, province, null), false);
    }

    private PlaceClaim claim(CostCaller caller, boolean read) {
        var claim = new PlaceClaim(caller, read);
        places.requestPlace(claim);
        return claim;
    }

    private PlaceClaim claimRead(String client) {
        return claim(new CostCaller(client, null, null), true);
    }

    private PlaceClaim claimOfKind(String client, Role kind) {
        return claim(new CostCaller(client, null, kind.code()), false);
    }

    private List<PlaceClaim> claims(String client, int number) {
        return Stream.generate(() -> claim(client, null)).limit(number).toList();
    }

    @Test
    void a_client_runs_its_share_then_waits_then_is_refused() {
        assertThat(claims("a", 5))
                .extracting(PlaceClaim::state)
                .containsExactly(
                        ClaimState.RUNNING,
                        ClaimState.RUNNING,
                        ClaimState.WAITING,
                        ClaimState.WAITING,
                        ClaimState.REFUSED);
        assertThat(claim("b", null).state()).isEqualTo(ClaimState.RUNNING);
        assertThat(places.countFree("a")).isZero();
        assertThat(places.countFree("c")).isEqualTo(2);
    }

    @Test
    void the_clients_of_one_province_share_its_places() {
        var first =
                Stream.of("a", "a", "b", "b").map(client -> claim(client, "12")).toList();
        assertThat(first.get(2).state()).isEqualTo(ClaimState.RUNNING);
        assertThat(first.get(3).state()).isEqualTo(ClaimState.WAITING);
        assertThat(places.findShortage(first.get(3))).isEqualTo(new PlaceShortage(ShortageScope.PROVINCE, 3, 3));
        assertThat(claim("c", "13").state()).isEqualTo(ClaimState.RUNNING);
    }

    @Test
    void a_free_place_goes_to_the_client_with_the_fewest_requests_not_to_the_longest_line() {
        var greedy = claims("greedy", 4);
        var other = claims("other", 2);
        var late = claim("honest", null);
        assertThat(late.state()).isEqualTo(ClaimState.WAITING);
        assertThat(places.findShortage(late)).isEqualTo(new PlaceShortage(ShortageScope.ALL, 4, 4));
        places.release(greedy.getFirst());
        assertThat(late.decision()).isCompletedWithValue(true);
        assertThat(late.state()).isEqualTo(ClaimState.RUNNING);
        assertThat(greedy.get(2).state()).isEqualTo(ClaimState.WAITING);
        places.release(other.getFirst());
        assertThat(greedy.get(2).state()).isEqualTo(ClaimState.RUNNING);
    }

    @Test
    void a_client_alone_reads_as_much_at_once_as_its_share() {
        places = newPlaces(LIMITS.withReadsOfBusyClient(1));
        assertThat(claimRead("a").state()).isEqualTo(ClaimState.RUNNING);
        assertThat(claimRead("a").state()).isEqualTo(ClaimState.RUNNING);
    }

    @Test
    void reads_of_a_client_take_turns_while_another_one_has_requests() {
        places = newPlaces(LIMITS.withReadsOfBusyClient(1));
        places.release(claimRead("other"));
        var first = claimRead("a");
        var second = claimRead("a");
        assertThat(second.state()).isEqualTo(ClaimState.WAITING);
        assertThat(claimRead("other").state()).isEqualTo(ClaimState.RUNNING);
        places.release(first);
        assertThat(second.state()).isEqualTo(ClaimState.RUNNING);
        now += Duration.ofSeconds(10).toNanos();
        assertThat(claimRead("a").state()).isEqualTo(ClaimState.RUNNING);
    }

    @Test
    void a_read_that_waits_for_something_leaves_its_turn_to_another_one() {
        places = newPlaces(LIMITS.withReadsOfBusyClient(1));
        places.release(claimRead("other"));
        var waiting = claimRead("a");
        var next = claimRead("a");
        assertThat(places.pauseWork(waiting)).isTrue();
        assertThat(next.state()).isEqualTo(ClaimState.RUNNING);
        places.resumeWork(waiting);
        places.release(waiting);
        places.release(next);
        assertThat(places.countRunning()).isZero();
        assertThat(claimRead("a").state()).isEqualTo(ClaimState.RUNNING);
    }

    @Test
    void greedy_clients_leave_a_first_place_to_every_other_one() {
        places = newPlaces(new PlaceLimits(8, 8, 10, 0).withReserves(4, 0));
        assertThat(claims("greedy", 7)).extracting(PlaceClaim::state).startsWith(ClaimState.RUNNING);
        assertThat(places.countRunning()).isEqualTo(5);
        var refused = claim("greedy", null);
        assertThat(places.findShortage(refused)).isEqualTo(new PlaceShortage(ShortageScope.FURTHER, 4, 4));
        assertThat(Stream.of("a", "b", "c", "d", "e").map(client -> claim(client, null)))
                .extracting(PlaceClaim::state)
                .containsOnly(ClaimState.RUNNING);
    }

    @Test
    void callers_of_one_kind_leave_places_to_those_of_the_others() {
        places = newPlaces(new PlaceLimits(1, 8, 10, 0).withReserves(10, 2));
        var alliances = Stream.iterate(1, number -> number + 1)
                .limit(8)
                .map(number -> claimOfKind("alliance " + number, Role.ALLIANCE))
                .toList();
        assertThat(places.countRunning()).isEqualTo(6);
        assertThat(places.findShortage(alliances.getLast())).isEqualTo(new PlaceShortage(ShortageScope.KIND, 6, 6));
        for (Role kind : List.of(Role.BUREAU, Role.OPERATOR)) {
            assertThat(claimOfKind("first " + kind, kind).state()).isEqualTo(ClaimState.RUNNING);
            assertThat(claimOfKind("second " + kind, kind).state()).isEqualTo(ClaimState.RUNNING);
        }
        assertThat(claimOfKind("auditor", Role.AUDITOR).state()).isEqualTo(ClaimState.REFUSED);
    }

    @Test
    void a_refusal_names_the_limit_in_both_languages() {
        var refusal = new PlaceShortage(ShortageScope.FURTHER, 250, 250).toRefusal(RequestCost.STREAM, 30);
        assertThat(refusal).isInstanceOf(Refusal.Unavailable.class);
        assertThat(refusal.detail()).contains("30 s").contains("250 of 250 streams");
        assertThat(refusal.detailZh()).contains("首个之外").contains("上限 250 个数据流");
        assertThat(new PlaceShortage(ShortageScope.CLIENT, 20, 20).toRefusal(RequestCost.STREAM, 30))
                .isInstanceOf(Refusal.TooManyRequests.class);
    }

    @Test
    void a_claim_that_gives_up_waiting_leaves_its_turn_to_the_next() {
        var mine = claims("a", 4);
        places.refuseWaiting(mine.get(2));
        assertThat(mine.get(2).decision()).isCompletedWithValue(false);
        places.release(mine.getFirst());
        assertThat(mine.get(3).state()).isEqualTo(ClaimState.RUNNING);
        // A refused claim that ends later frees nothing.
        places.release(mine.get(2));
        places.release(mine.getFirst());
        assertThat(places.countRunning()).isEqualTo(2);
        assertThat(places.countWaiting()).isZero();
    }

    @Test
    void places_of_all_clients_come_back_in_any_order_of_ends() {
        var all = new ArrayList<PlaceClaim>();
        for (int i = 0; i < 30; i++) {
            all.add(claim("client " + i % 7, "" + i % 3));
        }
        all.reversed().forEach(places::release);
        assertThat(places.countRunning()).isZero();
        assertThat(places.countWaiting()).isZero();
        assertThat(claims("a", 2)).extracting(PlaceClaim::state).containsOnly(ClaimState.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({"200,false", "201,true", "1000,true", ",false", "x,false", "99999999999999999999,false"})
    void a_page_of_more_than_two_hundred_rows_is_a_large_request(@Nullable String limit, boolean large) {
        assertThat(CostFilter.isLongPage(limit)).isEqualTo(large);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | true",
                "APPLICATION/JSON; charset=utf-8 | true",
                "text/csv;charset=\"gb18030\"; header=present | true",
                "application/* | false",
                "*/* | false",
                "json | false",
                "application/json, text/plain | false",
                "application/json; charset | false"
            })
    void a_media_type_has_two_names_and_no_wildcard(String type, boolean valid) {
        assertThat(BodyGuard.isMediaType(type)).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example/v1/things/1?a=b,/v1/things/1?a=b",
        "https://[2001:db8::1]:8443/v1,/v1",
        "/v1/things/1,/v1/things/1",
        "http://evil.example,/"
    })
    void a_location_keeps_its_path_only(String location, String path) {
        assertThat(LocationHeaderFilter.pathOf(location)).isEqualTo(path);
    }
}
