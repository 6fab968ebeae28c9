package dev.drawbridge.tickets.outbound;

import dev.drawbridge.access.Limits.Callbacks;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where callbacks may go: to addresses of the public internet, so that nobody who may name a
 * callback can reach what only this app can.
 *
 * @see <a
 *     href="https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml">IANA's
 *     IPv4 special-purpose addresses</a>
 * @see <a
 *     href="https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml">IANA's
 *     IPv6 special-purpose addresses</a>
 */
final class AddressGuard {
  private static final List<Block> NOT_PUBLIC_IPV4 =
      blocks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8",
          "100.64.0.0/10", // carriers' NAT
          "127.0.0.0/8",
          "168.63.129.16/32", // Azure's wire server
          "169.254.0.0/16", // link-local, with the metadata service
          "172.16.0.0/12",
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16",
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  /** What is given out at all. NAT64's prefixes lie outside. */
  private static final List<Block> PUBLIC_IPV6 = blocks("2000::/3");

  private static final List<Block> NOT_PUBLIC_IPV6 =
      blocks(
          "2001::/23", // protocol assignments, with Teredo
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4, which has an IPv4 address inside
          "3fff::/20"); // documentation

  private AddressGuard() {}

  /** A name leads where callbacks may not go. Says not where, as that is nobody's business. */
  static final class RefusedException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    private RefusedException() {
      super("the name leads to an address that is not public");
    }
  }

  /**
   * Gives back the addresses if callbacks may go to every one of them.
   *
   * @throws RefusedException if they may not
   */
  static InetAddress[] check(InetAddress[] addresses, Callbacks allowed) throws RefusedException {
    for (InetAddress address : addresses) {
      boolean isLocal = address.isLoopbackAddress() && allowed == Callbacks.LOOPBACK_TOO;
      if (!isLocal && !isPublic(address)) {
        throw new RefusedException();
      }
    }
    return addresses;
  }

  /** An IPv4 address written as IPv6 is an {@link Inet4Address} already. */
  private static boolean isPublic(InetAddress address) {
    return address instanceof Inet4Address
        ? NOT_PUBLIC_IPV4.stream().noneMatch(block -> block.contains(address))
        : PUBLIC_IPV6.stream().anyMatch(block -> block.contains(address))
            && NOT_PUBLIC_IPV6.stream().noneMatch(block -> block.contains(address));
  }

  private static List<Block> blocks(String... cidrs) {
    return Stream.of(cidrs).map(Block::of).toList();
  }

  /** The addresses that begin with the same bits. */
  private record Block(InetAddress first, int bits) {
    static Block of(String cidr) {
      String[] parts = cidr.split("/", -1);
      try {
        return new Block(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("not an address: " + cidr, e);
      }
    }

    boolean contains(InetAddress address) {
      byte[] own = first.getAddress();
      byte[] other = address.getAddress();
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
