package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * How one provider of Private Link differs from the others. The simulator needs to know; whoever
 * calls it asks Azure.
 *
 * @param type the full type of the resources that private endpoints lead to
 * @param apiVersions newest first, as in Azure, as far as a specification is at hand
 * @param childTypesListed whether the provider's list of types shows connections and groups
 * @param groupsReadOneByOne whether there is a GET of a single group beside the list
 * @param format what a connection looks like
 * @param decisions which changes of a connection's status are taken
 */
record PrivateLinkProvider(
    String type,
    List<String> apiVersions,
    boolean childTypesListed,
    boolean groupsReadOneByOne,
    Format format,
    Decisions decisions,
    Service service) {

  /** Something in a resource that an endpoint can lead to. */
  record Group(String id, List<String> members, List<String> zones) {}

  /** Where a connection says which group it is for. */
  enum GroupMember {
    NONE,
    GROUP_ID,
    GROUP_IDS
  }

  /** How it is told that a connection has been deleted. */
  enum Deletion {
    OK,
    OK_WITH_LAST_STATE,
    NO_CONTENT
  }

  /**
   * What a connection looks like.
   *
   * @param done the provisioning state of one that nothing happens to
   * @param actions the name of what is asked of the endpoint's owner
   * @param disconnects whether a connection stays, as disconnected, when its endpoint is gone
   * @param etag whether a connection has one
   * @param wholeInTarget whether the resource shows its connections with name and type
   * @param deletion how it is told that one has been deleted
   */
  record Format(
      String done,
      String actions,
      GroupMember group,
      boolean disconnects,
      boolean etag,
      boolean wholeInTarget,
      Deletion deletion) {}

  /** What is behind the resource. */
  interface Service {
    /**
     * Completes a resource that its owner has described.
     *
     * @param resource with at least a location and properties, which may be empty
     */
    void complete(ResourceId id, ObjectNode resource);

    List<Group> groups(ResourceId id, ObjectNode resource);
  }

  String connectionType() {
    return type + "/privateEndpointConnections";
  }

  String groupType() {
    return type + "/privateLinkResources";
  }

  /** What approving a connection needs on the resource, and creating one that is approved. */
  String approvalAction() {
    return type + "/privateEndpointConnectionsApproval/action";
  }
}
