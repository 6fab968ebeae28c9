targetScope = 'subscription'

metadata description = 'The custom roles: the app\'s own, to write those that it grants; or, pinned, those that it grants.'

@description('The name of the app\'s own role. Azure takes it once a tenant.')
param roleWriterName string

@description('The subscriptions that the roles can be assigned in.')
param targetSubscriptionIds array

@description('Whether the roles that are granted are made here, and the app may write none.')
param pinned bool

@description('The name of the app\'s own role to request time-bound assignments; empty for none.')
param schedulerName string

@description('The roles that are granted, as their files have them.')
param roles array

var tenantId = toLower(tenant().tenantId)
var assignableScopes = [for subscriptionId in targetSubscriptionIds: '/subscriptions/${subscriptionId}']

resource roleWriter 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!pinned) {
  name: guid(tenantId, roleWriterName)
  properties: {
    roleName: roleWriterName
    description: 'Lets Drawbridge make and remove the roles that it grants.'
    type: 'CustomRole'
    assignableScopes: assignableScopes
    permissions: [
      {
        actions: [
          'Microsoft.Authorization/roleDefinitions/read'
          'Microsoft.Authorization/roleDefinitions/write'
          'Microsoft.Authorization/roleDefinitions/delete'
        ]
        notActions: []
      }
    ]
  }
}

resource scheduler 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (!empty(schedulerName)) {
  name: guid(tenantId, schedulerName)
  properties: {
    roleName: schedulerName
    description: 'Lets Drawbridge assign roles for a time through Privileged Identity Management. No condition can limit which.'
    type: 'CustomRole'
    assignableScopes: assignableScopes
    permissions: [
      {
        actions: [
          'Microsoft.Authorization/roleAssignmentScheduleRequests/write'
          'Microsoft.Authorization/roleAssignmentScheduleRequests/cancel/action'
        ]
        notActions: []
      }
    ]
  }
}

resource pinnedRoles 'Microsoft.Authorization/roleDefinitions@2022-04-01' = [for role in roles: if (pinned) {
  name: guid(tenantId, role.Name)
  properties: {
    roleName: role.Name
    description: role.Description
    type: 'CustomRole'
    assignableScopes: assignableScopes
    permissions: [
      {
        actions: role.Actions
        notActions: role.NotActions
      }
    ]
  }
}]
