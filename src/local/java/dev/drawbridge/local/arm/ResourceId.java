package dev.drawbridge.local.arm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The path of a resource, a collection of them, or a scope. ARM compares them without regard to
 * case, and so does {@link #equals}; {@link #toString} keeps what was written.
 */
public final class ResourceId {
  /** The tenant: above all subscriptions. */
  public static final ResourceId ROOT = new ResourceId("", "", null, null);

  private static final String RESOURCES = "Microsoft.Resources";

  private final String text;
  private final String key;
  private final String type;
  private final @Nullable String name;
  private final @Nullable ResourceId parent;

  private ResourceId(String text, String type, @Nullable String name, @Nullable ResourceId parent) {
    this.text = text;
    this.key = text.toLowerCase(Locale.ROOT);
    this.type = type;
    this.name = name;
    this.parent = parent;
  }

  /**
   * Reads a path; a slash at its end is ignored, {@code /} alone is {@link #ROOT}.
   *
   * @throws IllegalArgumentException if it doesn't begin with a slash or has an empty segment
   */
  public static ResourceId parse(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (trimmed.isEmpty()) {
      return ROOT;
    }
    if (!trimmed.startsWith("/")) {
      throw new IllegalArgumentException("A resource id begins with a slash: " + path);
    }
    List<String> segments = List.of(trimmed.substring(1).split("/", -1));
    if (segments.contains("")) {
      throw new IllegalArgumentException("A resource id has no empty segment: " + path);
    }
    return read(segments);
  }

  private static ResourceId read(List<String> segments) {
    ResourceId at = ROOT;
    String type = RESOURCES;
    int i = 0;
    while (i < segments.size()) {
      String segment = segments.get(i);
      if (segment.equalsIgnoreCase("providers") && i + 2 < segments.size()) {
        // What follows belongs to another provider; the "/providers/X" is no scope of its own.
        type = segments.get(i + 1) + "/" + segments.get(i + 2);
        i += 2;
      } else {
        type = type + "/" + segment;
      }
      boolean named = i + 1 < segments.size();
      i += named ? 2 : 1;
      String text = "/" + String.join("/", segments.subList(0, i));
      at = new ResourceId(text, type, named ? segments.get(i - 1) : null, at);
    }
    return at;
  }

  /** The id of a resource of an extension or child type below this one. */
  public ResourceId child(String relative) {
    return parse(text + "/" + relative);
  }

  /**
   * The full type, for example {@code Microsoft.Network/virtualNetworks/virtualNetworkPeerings}.
   */
  public String type() {
    return type;
  }

  public boolean isType(String other) {
    return type.equalsIgnoreCase(other);
  }

  /** The id in a text, if that is one of a resource of this type. */
  static Optional<ResourceId> parse(String text, String type) {
    try {
      ResourceId id = parse(text);
      return id.isType(type) && !id.isCollection() ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether this is a list of resources and has no name. */
  public boolean isCollection() {
    return name == null && parent != null;
  }

  /**
   * The last segment.
   *
   * @throws IllegalStateException for a collection and for the root
   */
  public String name() {
    if (name == null) {
      throw new IllegalStateException(text + " has no name");
    }
    return name;
  }

  /** What holds this resource or collection: for an extension resource, its scope. */
  public ResourceId parent() {
    return parent == null ? ROOT : parent;
  }

  /** The scope at which a call to this path is authorized. */
  ResourceId authorizedAt() {
    return isCollection() ? parent() : this;
  }

  public Optional<String> subscription() {
    return ancestor(RESOURCES + "/subscriptions").map(ResourceId::name);
  }

  /** The resource group that this is or lies in. */
  public Optional<ResourceId> resourceGroup() {
    return ancestor(RESOURCES + "/subscriptions/resourceGroups");
  }

  private Optional<ResourceId> ancestor(String ofType) {
    for (ResourceId at = this; at != null; at = at.parent) {
      if (at.name != null && at.isType(ofType)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /** Whether {@code scope} is this or contains it: whole segments count, not letters. */
  public boolean isAtOrBelow(ResourceId scope) {
    return key.equals(scope.key) || key.startsWith(scope.key + "/");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResourceId id && id.key.equals(key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return parent == null ? "/" : text;
  }
}
