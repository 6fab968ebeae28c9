targetScope = 'subscription'

metadata description = 'The one place of the app\'s own rights: on its resources, and in the subscriptions that it serves.'

@description('Tells this deployment\'s names from those of others in the same tenant.')
param suffix string

@description('The resource group with the app\'s resources.')
param resourceGroupName string

@description('The object id of the app\'s identity.')
param principalId string

@description('The storage account.')
param storageAccountName string

@description('The Service Bus namespace.')
param serviceBusName string

@description('The vault.')
param keyVaultName string

@description('The Application Insights component.')
param applicationInsightsName string

@description('The object id of who may write secrets; empty for nobody.')
param operatorPrincipalId string

@description('The subscriptions that are served.')
param targetSubscriptionIds array

@description('The object id of Astronomer\'s service principal.')
param astronomerPrincipalId string

@description('Who makes the roles that are granted: managed (the app) or pinned (this deployment).')
param roleDefinitions string

@description('How roles are assigned: direct, or timeBound, for which the app gets one more right.')
param assignments string

@description('The types of resource with an approver role.')
param privateLinkTypes array

@description('Whether Astronomer may be given an approver role.')
param vendorMayApprove bool

@description('Ids of peering roles that were made by hand.')
param adoptedRoleIds array

var vnetPeering = loadJsonContent('../src/main/resources/roles/astro-vnet-peering.json')
var vhubPeering = loadJsonContent('../src/main/resources/roles/astro-vhub-peering.json')
var approver = loadTextContent('../src/main/resources/roles/private-link-approver.json')
// In lower case, as RoleTemplate.forResourceType has it: a role's id hangs on its name.
var approvers = [for resourceType in privateLinkTypes: json(replace(approver, '{resource-type}', toLower(resourceType)))]

// As RoleTemplate.definitionId has it. The app writes a tenant's id in lower case.
var tenantId = toLower(tenant().tenantId)
var peeringRoleIds = [
  guid(tenantId, vnetPeering.Name)
  guid(tenantId, vhubPeering.Name)
]
var approverRoleIds = [for role in approvers: guid(tenantId, role.Name)]

// A set in a condition must not be empty. No role has this id.
var noRole = [
  '00000000-0000-0000-0000-000000000000'
]
var vendorRoleIds = concat(peeringRoleIds, adoptedRoleIds, vendorMayApprove ? approverRoleIds : [])
var ownRoleIds = empty(approverRoleIds) ? noRole : approverRoleIds
var condition = replace(
  replace(
    replace(
      replace(loadTextContent('rbac/condition.txt'), '<vendor-roles>', join(vendorRoleIds, ', ')),
      '<vendor>',
      astronomerPrincipalId
    ),
    '<own-roles>',
    join(ownRoleIds, ', ')
  ),
  '<own>',
  principalId
)

var roleWriterName = 'Drawbridge role definitions ${suffix}'
var roleWriterId = guid(tenantId, roleWriterName)
var pinned = roleDefinitions == 'pinned'
var schedulerName = 'Drawbridge time-bound assignments ${suffix}'
var schedulerId = guid(tenantId, schedulerName)
var timeBound = assignments == 'timeBound'

module ownResources 'rbac/resources.bicep' = {
  name: 'ownResources'
  scope: resourceGroup(resourceGroupName)
  params: {
    principalId: principalId
    operatorPrincipalId: operatorPrincipalId
    storageAccountName: storageAccountName
    serviceBusName: serviceBusName
    keyVaultName: keyVaultName
    applicationInsightsName: applicationInsightsName
  }
}

// Once: a role definition is the tenant's, and lists all subscriptions that it can be assigned in.
module definitions 'rbac/definitions.bicep' = {
  name: 'definitions-${suffix}'
  scope: subscription(targetSubscriptionIds[0])
  params: {
    roleWriterName: roleWriterName
    targetSubscriptionIds: targetSubscriptionIds
    pinned: pinned
    schedulerName: timeBound ? schedulerName : ''
    roles: concat([
      vnetPeering
      vhubPeering
    ], approvers)
  }
}

module targets 'rbac/target.bicep' = [for subscriptionId in targetSubscriptionIds: {
  name: 'rights-${suffix}'
  scope: subscription(subscriptionId)
  params: {
    principalId: principalId
    roleWriterId: pinned ? '' : roleWriterId
    schedulerId: timeBound ? schedulerId : ''
    condition: condition
  }
  dependsOn: [
    definitions
  ]
}]
