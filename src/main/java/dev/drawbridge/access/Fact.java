package dev.drawbridge.access;

/** What is found out of a target before access is granted. */
public enum Fact {
  /** The group id as Azure writes it. */
  GROUP_ID("groupId"),
  /** The names of a container registry's data endpoints. */
  DATA_ENDPOINTS("dataEndpoints"),
  /** The names by which the resource is addressed over Private Link. */
  PRIVATE_LINK_NAMES("privateLinkNames");

  private final String word;

  Fact(String word) {
    this.word = word;
  }

  /** The word for it in the API. */
  public String word() {
    return word;
  }
}
