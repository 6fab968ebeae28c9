targetScope = 'subscription'

metadata description = 'The app\'s rights in one subscription that it serves.'

@description('The object id of the app\'s identity.')
param principalId string

@description('The id of the role that lets the app write role definitions; empty if it may not.')
param roleWriterId string

@description('The id of the role that lets the app request time-bound assignments; empty if it may not.')
param schedulerId string

@description('What the app may assign and unassign, and to whom.')
param condition string

var readerRoleId = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
var roleBasedAccessControlAdministratorRoleId = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168'

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, readerRoleId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', readerRoleId)
    description: 'Drawbridge looks at networks, at resources with private endpoints, and at assignments.'
  }
}

resource roleWriter 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(roleWriterId)) {
  name: guid(subscription().id, principalId, roleWriterId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleWriterId)
    description: 'Drawbridge makes the roles that it grants, and removes them.'
  }
}

// Conditions are known for roleAssignments/write and delete alone: with this, the app may ask for any role.
resource scheduler 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(schedulerId)) {
  name: guid(subscription().id, principalId, 'scheduler', schedulerId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', schedulerId)
    description: 'Drawbridge assigns roles for a time through Privileged Identity Management.'
  }
}

resource assigner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, roleBasedAccessControlAdministratorRoleId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleBasedAccessControlAdministratorRoleId)
    description: 'Drawbridge assigns its own roles to Astronomer, and approver roles to itself, and nothing else.'
    conditionVersion: '2.0'
    condition: condition
  }
}
