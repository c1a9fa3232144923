package dev.ocnix.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a private host is called, it is one. */
class PrivateHostTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost.",
                "localhost..",
                "a.localhost",
                "ip6-localhost",
                "ip6-loopback",
                "router",
                "instance-data",
                "metadata.google.internal",
                "Metadata.Google.Internal.",
                "ip-10-0-0-1.ec2.internal",
                "printer.local",
                "nas.lan",
                "wiki.corp",
                "gate.home.arpa",
                "localhost.localdomain",
                "metadata.tencentyun.com",
                "127.0.0.1.",
                "127.1",
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0x7F.0.0.0x1",
                "0177.0.0.1",
                "127.0.0.01",
                "1.2.3.4.5",
                "256.1.1.1",
                "10.9.8.7",
                "169.254.169.254",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "255.255.255.255",
                "::1",
                "[::1]",
                "::",
                "::7f00:1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:a9fe:a9fe",
                "::ffff:0:127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2002:0a00:0001:1::1",
                "2001:0:a9fe:a9fe::1",
                "2001:0:808:808::80ff:fffe",
                "2606:4700::5efe:10.0.0.1",
                "2606:4700::200:5efe:127.0.0.1",
                "fe80::1",
                "fec0::1",
                "fd00:ec2::254",
                "ff02::1",
                "100::1",
                ""
            })
    void isPrivate(String host) {
        assertTrue(PrivateHost.is(host), host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.npmjs.org",
                "registry.npmjs.org.",
                "local.example.org",
                "internal.io",
                "corp.com",
                "localhost.com",
                "8.8.8.8",
                "172.32.0.1",
                "100.128.0.1",
                "192.0.2.1",
                "2606:4700::1111",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1"
            })
    void isPublic(String host) {
        assertFalse(PrivateHost.is(host), host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:10.0.0.1", "168.63.129.16"})
    void anAddressIsPrivateAsItsTextIs(String address) throws Exception {
        assertTrue(PrivateHost.is(InetAddress.getByName(address)));
    }
}
