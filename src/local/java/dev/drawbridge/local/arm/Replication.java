package dev.drawbridge.local.arm;

/** What takes a while in Azure to be known everywhere, and can be delayed here. */
public enum Replication {
  /** A new service principal can't be named in a role assignment yet. */
  PRINCIPALS("principals"),
  /** A new role definition is not found yet. */
  ROLE_DEFINITIONS("roleDefinitions"),
  /** A new role assignment doesn't authorize yet; a deleted one still does. */
  ACCESS("access"),
  /** Lists of role assignments miss a new one and still have a deleted one. */
  LISTS("lists");

  private final String json;

  Replication(String json) {
    this.json = json;
  }

  String json() {
    return json;
  }
}
