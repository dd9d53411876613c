package org.voyage.feeds.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.feeds.delivery.http.WebhookAddressPolicy.AddressRefusedException;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.TrapTest;

class WebhookAddressPolicyTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/delivery/addresses.csv")
    void decides_each_address_by_the_registry(String address, @Nullable String reason) {
        String decided = new WebhookAddressPolicy(List.of())
                .findReason(AddressBlock.parse(address).network())
                .orElse("");

        assertThat(decided)
                .startsWith(reason == null ? "" : reason)
                .satisfies(found -> assertThat(found.isEmpty()).isEqualTo(reason == null));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,127.0.0.0/8,",
        "127.0.0.1,10.0.0.0/8,loopback",
        "10.20.3.4,10.20.0.0/16,",
        "10.21.3.4,10.20.0.0/16,private network",
        "fd00::5,fd00::5,",
        "fd00::6,fd00::5,unique local network",
        "64:ff9b::8.8.8.8,64:ff9b::/96,",
        "64:ff9b::10.0.0.1,64:ff9b::/96,NAT64 of private network",
        "64:ff9b::a9fe:a9fe,64:ff9b::/96,NAT64 of link-local and metadata service",
        "2002:808:808::1,2002::/16,",
        "2002:a00:1::1,2002::/16,6to4 of private network",
        "2001:0:808:808:0:0:f7f7:f7f7,2001::/32,",
        "2001:0:808:808:0:0:80ff:fffe,2001::/32,Teredo of loopback",
        "2001:0:a00:1:0:0:f7f7:f7f7,2001::/32,Teredo of private network",
        "64:ff9b:1:7f00:0:100:808:808,64:ff9b:1::/48,local NAT64 of loopback",
        "::ffff:127.0.0.1,::ffff:0:0/96,IPv4-mapped of loopback"
    })
    void an_allowed_network_lets_through_itself_only_and_embedded_addresses_are_decided_too(
            String address, String network, @Nullable String reason) {
        assertThat(new WebhookAddressPolicy(List.of(network))
                        .findReason(AddressBlock.parse(address).network()))
                .isEqualTo(java.util.Optional.ofNullable(reason));
    }

    @TrapTest(FeedTrap.NAME_WITH_PRIVATE_ADDRESS)
    @Test
    void of_several_addresses_one_is_private_and_all_are_refused() {
        LyingResolver.answer("both.webhook.test", "93.184.215.14", "10.0.0.7");

        assertThatThrownBy(() -> new WebhookAddressPolicy(List.of()).resolveHost("both.webhook.test"))
                .isInstanceOf(AddressRefusedException.class)
                .hasMessageContaining("private network")
                .hasMessageNotContaining("10.0.0.7");
    }

    @Test
    void returns_all_addresses_of_a_public_host() throws Exception {
        LyingResolver.answer("public.webhook.test", "93.184.215.14", "2606:4700:4700::1111");

        assertThat(new WebhookAddressPolicy(List.of()).resolveHost("public.webhook.test"))
                .containsExactly(InetAddress.ofLiteral("93.184.215.14"), InetAddress.ofLiteral("2606:4700:4700::1111"));
    }

    @ParameterizedTest
    @CsvSource({"127.1", "2130706433", "0x7f.1", "localhost", "127.0.0.1", "::1", "::ffff:127.0.0.1"})
    void refuses_each_spelling_of_the_own_machine(String host) {
        assertThatThrownBy(() -> new WebhookAddressPolicy(List.of()).resolveHost(host))
                .isInstanceOf(java.net.UnknownHostException.class);
    }
}
