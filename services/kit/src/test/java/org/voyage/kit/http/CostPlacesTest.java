package org.voyage.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kit.http.CostPlaces.PlaceLimits;
import org.voyage.kit.http.PlaceClaim.ClaimState;

class CostPlacesTest {
    private final CostPlaces places = new CostPlaces(new PlaceLimits(2, 3, 4, 2));

    private PlaceClaim claim(String client, @Nullable String province) {
        var claim = new PlaceClaim(client, province);
        places.requestPlace(claim);
        return claim;
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
        assertThat(places.isShareUsed(first.get(3))).isTrue();
        assertThat(claim("c", "13").state()).isEqualTo(ClaimState.RUNNING);
    }

    @Test
    void a_free_place_goes_to_the_client_with_the_fewest_requests_not_to_the_longest_line() {
        var greedy = claims("greedy", 4);
        var other = claims("other", 2);
        var late = claim("honest", null);
        assertThat(late.state()).isEqualTo(ClaimState.WAITING);
        assertThat(places.isShareUsed(late)).isFalse();
        places.release(greedy.getFirst());
        assertThat(late.decision()).isCompletedWithValue(true);
        assertThat(late.state()).isEqualTo(ClaimState.RUNNING);
        assertThat(greedy.get(2).state()).isEqualTo(ClaimState.WAITING);
        places.release(other.getFirst());
        assertThat(greedy.get(2).state()).isEqualTo(ClaimState.RUNNING);
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
