package dev.drawbridge.tickets.outbound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.drawbridge.access.Limits.Callbacks;
import dev.drawbridge.tickets.outbound.AddressGuard.RefusedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each range that callbacks may not go to, at its edges. */
class AddressGuardTest {

  private static InetAddress[] of(String... literals) throws UnknownHostException {
    InetAddress[] addresses = new InetAddress[literals.length];
    for (int i = 0; i < literals.length; i++) {
      addresses[i] = InetAddress.getByName(literals[i]);
    }
    return addresses;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.255",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::5db8:d822",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "3fff:fff::1",
        "1fff::1",
        "4000::1",
        "fc00::1",
        "fd00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void check_whenItIsNotPublic_thenIsRefusedAlsoBesideOneThatIs(String literal) throws Exception {
    assertThrows(RefusedException.class, () -> AddressGuard.check(of(literal), Callbacks.PUBLIC));
    assertThrows(
        RefusedException.class,
        () -> AddressGuard.check(of("93.184.216.34", literal), Callbacks.PUBLIC));
    assertThrows(
        RefusedException.class,
        () -> AddressGuard.check(of(literal, "93.184.216.34"), Callbacks.PUBLIC));
    if (!InetAddress.getByName(literal).isLoopbackAddress()) {
      assertThrows(
          RefusedException.class, () -> AddressGuard.check(of(literal), Callbacks.LOOPBACK_TOO));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.15",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:93.184.216.34",
        "2000::1",
        "2001:200::1",
        "2001:db7:ffff::1",
        "2001:db9::1",
        "2003::1",
        "2606:4700::1111",
        "3ffe::1",
        "3fff:1000::1"
      })
  void check_whenItIsPublic_thenIsTaken(String literal) throws Exception {
    InetAddress[] addresses = of(literal, "93.184.216.34");
    assertArrayEquals(addresses, AddressGuard.check(addresses, Callbacks.PUBLIC));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1"})
  void check_whenThisMachineIsAllowed_thenIsTaken(String literal) throws Exception {
    InetAddress[] addresses = of(literal);
    assertArrayEquals(addresses, AddressGuard.check(addresses, Callbacks.LOOPBACK_TOO));
  }

  @Test
  void check_whenItRefuses_thenDoesNotSayWhereTheNameLeads() {
    RefusedException refused =
        assertThrows(
            RefusedException.class, () -> AddressGuard.check(of("10.1.2.3"), Callbacks.PUBLIC));
    assertFalse(String.valueOf(refused.getMessage()).contains("10.1"));
  }
}
