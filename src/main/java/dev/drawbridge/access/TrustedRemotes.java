package dev.drawbridge.access;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The networks at the vendor's end that may confirm a connection, as the settings name them:
 * subscriptions or single resources. When none is named, every network may.
 */
public final class TrustedRemotes {
  /** Trusts every network. */
  public static final TrustedRemotes ANY = new TrustedRemotes(Set.of());

  private final Set<String> prefixes;

  private TrustedRemotes(Set<String> prefixes) {
    this.prefixes = prefixes;
  }

  /**
   * Reads GUIDs of subscriptions and ids of resources.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static TrustedRemotes of(Collection<String> names) {
    return new TrustedRemotes(
        names.stream().map(TrustedRemotes::prefix).collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether a network with this id may confirm a connection. */
  public boolean trusts(String resourceId) {
    return prefixes.isEmpty() || names(resourceId);
  }

  /** Whether the settings name this network, or the subscription that it is in. */
  public boolean names(String resourceId) {
    // The slash at the end keeps a longer name from passing for the shorter one that it begins
    // with.
    String id = AnyCase.fold(resourceId) + "/";
    return prefixes.stream().anyMatch(id::startsWith);
  }

  private static String prefix(String name) {
    boolean isResource = name.startsWith("/");
    String id = isResource ? ResourceId.parse(name).key() : "/subscriptions/" + Guids.parse(name);
    return id + "/";
  }

  @Override
  public String toString() {
    return prefixes.isEmpty() ? "any" : String.join(", ", prefixes);
  }
}
