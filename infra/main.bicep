targetScope = 'subscription'

metadata name = 'Drawbridge'
metadata description = 'Temporary, least-privilege access for Astronomer to connect Astro with an Azure network.'

@description('Names the environment; the names of all resources come from it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('The region of all resources. Flex Consumption must be offered there.')
@minLength(1)
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('The subscriptions that Drawbridge serves: those with the networks and resources to connect. Whoever deploys must be Owner or User Access Administrator of each.')
@minLength(1)
param targetSubscriptionIds array

@description('The object id of Astronomer\'s service principal in this tenant. The preprovision hook finds or makes it. Empty, it can be compiled and not deployed.')
@maxLength(36)
param astronomerPrincipalId string

@description('Astronomer\'s application, as its documentation names it.')
@minLength(36)
@maxLength(36)
param vendorApplicationId string = 'a67e6057-7138-4f78-bbaf-fd9db7b8aab0'

@description('Who makes the roles that are granted. managed: Drawbridge makes each when it is needed and removes it after, and so may write role definitions. pinned: they are made here once, and Drawbridge may write none.')
@allowed([
  'managed'
  'pinned'
])
param roleDefinitions string = 'managed'

@description('How roles are assigned. direct: by role assignments, which stand until Drawbridge deletes them. timeBound: by Privileged Identity Management, which ends them at their time even if Drawbridge is gone; it needs Entra ID P2 or ID Governance, and a right of the app to request any role for anybody, which no condition limits: a compromised app could make itself Owner.')
@allowed([
  'direct'
  'timeBound'
])
param assignments string = 'direct'

@description('The types of resource that private endpoints may be approved for, in any case: each has an approver role of its own.')
param privateLinkTypes array = [
  'Microsoft.ContainerRegistry/registries'
  'Microsoft.DBforPostgreSQL/flexibleServers'
  'Microsoft.DocumentDB/databaseAccounts'
  'Microsoft.EventHub/namespaces'
  'Microsoft.KeyVault/vaults'
  'Microsoft.ServiceBus/namespaces'
  'Microsoft.Sql/servers'
  'Microsoft.Storage/storageAccounts'
  'Microsoft.Synapse/workspaces'
]

@description('Whether Astronomer may be given an approver role, which a request with "approval": "vendor" asks for.')
param vendorMayApprove bool = false

@description('Ids of peering roles that were made by hand, as on Astronomer\'s page, which Drawbridge then uses. Azure takes a role\'s name once a tenant: with pinned, delete them instead.')
param adoptedRoleIds array = []

@description('Where a role is assigned: the target\'s subscription (as on Astronomer\'s page), its resource group, or the target alone.')
@allowed([
  'subscription'
  'resourceGroup'
  'target'
])
param grantScope string = 'subscription'

@description('How long access lasts where a request does not say: an ISO-8601 duration.')
param defaultExpiry string = 'P3D'

@description('How long access may last: an ISO-8601 duration.')
param longestExpiry string = 'P7D'

@description('Astro\'s subscriptions or networks. If any is named, only connections with these confirm, and private endpoints from them need no code.')
param trustedRemotes array = []

@description('When the sweep runs: a six-field NCRONTAB expression.')
param sweepSchedule string = '0 * * * * *'

@description('When the ledger is compared with all that Azure has: a six-field NCRONTAB expression.')
param orphanSchedule string = '0 7 * * * *'

@description('The address that callers see, where it is not the function app\'s own.')
param publicUrl string = ''

@description('The ticket systems that may call, without their secrets: what WEBHOOKS holds.')
param webhooks object = {}

@description('The ticket systems that are told, without their secrets: what TICKETS holds.')
param tickets object = {}

@description('Whether requests may name an address that is told what becomes of them. Put the secret CALLBACK-SECRET into the vault first.')
param callbacks bool = false

@description('Puts storage and Key Vault (and Service Bus, if Premium) behind private endpoints with their public access off, and the app\'s outgoing calls through a virtual network with one fixed address. The app itself stays reachable: ticket systems call it.')
param privateNetworking bool = false

@description('The address space of that virtual network, at least a /25.')
param addressSpace string = '10.90.0.0/24'

@description('Service Bus. Only Premium has private endpoints; its price is some sixty times that of Standard. Standard stays reachable from outside, by Microsoft Entra identities alone, and its messages hold nothing but operation ids. The tier of a namespace can\'t be changed later.')
@allowed([
  'Standard'
  'Premium'
])
param serviceBusSku string = 'Standard'

@description('How the storage account, and with it the ledger, is replicated.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param storageSku string = 'Standard_LRS'

@description('The memory of one instance, in MB.')
@allowed([
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('How many instances there may be.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('How long logs, the audit trail among them, are kept, in days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Who gets mail when an alert fires.')
param alertEmails array = []

@description('An operation that is open for longer raises an alert, in hours.')
@minValue(1)
param oldestOperationHours int = 96

@description('The object id of who may write the secrets in Key Vault; empty for nobody.')
param operatorPrincipalId string = ''

@description('More tags for all resources.')
param extraTags object = {}

var abbrs = loadJsonContent('abbreviations.json')
var resourceToken = toLower(uniqueString(subscription().id, environmentName, location))
var tags = union(extraTags, {
  'azd-env-name': environmentName
  application: 'drawbridge'
})
var resourceGroupName = '${abbrs.resourcesResourceGroups}${environmentName}'
var functionAppName = '${abbrs.webSitesFunctions}${resourceToken}'
var storageAccountName = '${abbrs.storageStorageAccounts}${resourceToken}'
var serviceBusName = '${abbrs.serviceBusNamespaces}${resourceToken}'
var keyVaultName = '${abbrs.keyVaultVaults}${resourceToken}'
var applicationInsightsName = '${abbrs.insightsComponents}${resourceToken}'
var identityName = '${abbrs.managedIdentityUserAssignedIdentities}${resourceToken}'

// With any other id all would deploy, and the app could give access to nobody.
var vendorPrincipalId = length(astronomerPrincipalId) == 36 ? astronomerPrincipalId : fail('Set ASTRONOMER_PRINCIPAL_ID to the object id of Astronomer\'s service principal in your tenant: infra/hooks/preprovision.sh does, and "az ad sp create --id ${vendorApplicationId}" makes one.')

resource resourceGroup 'Microsoft.Resources/resourceGroups@2024-07-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module identity 'identity.bicep' = {
  name: 'identity'
  scope: resourceGroup
  params: {
    name: identityName
    location: location
    tags: tags
  }
}

module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  scope: resourceGroup
  params: {
    workspaceName: '${abbrs.operationalInsightsWorkspaces}${resourceToken}'
    applicationInsightsName: applicationInsightsName
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

module storage 'storage.bicep' = {
  name: 'storage'
  scope: resourceGroup
  params: {
    name: storageAccountName
    location: location
    tags: tags
    skuName: storageSku
    publicAccess: !privateNetworking
  }
}

module serviceBus 'servicebus.bicep' = {
  name: 'serviceBus'
  scope: resourceGroup
  params: {
    name: serviceBusName
    location: location
    tags: tags
    skuName: serviceBusSku
    publicAccess: !(privateNetworking && serviceBusSku == 'Premium')
  }
}

module keyVault 'keyvault.bicep' = {
  name: 'keyVault'
  scope: resourceGroup
  params: {
    name: keyVaultName
    location: location
    tags: tags
    publicAccess: !privateNetworking
    workspaceId: monitoring.outputs.workspaceId
  }
}

module network 'network.bicep' = if (privateNetworking) {
  name: 'network'
  scope: resourceGroup
  params: {
    virtualNetworkName: '${abbrs.networkVirtualNetworks}${resourceToken}'
    natGatewayName: '${abbrs.networkNatGateways}${resourceToken}'
    publicIpName: '${abbrs.networkPublicIPAddresses}${resourceToken}'
    endpointPrefix: '${abbrs.networkPrivateLinkServices}${resourceToken}'
    location: location
    tags: tags
    addressSpace: addressSpace
    storageAccountName: storageAccountName
    keyVaultName: keyVaultName
    serviceBusName: serviceBusSku == 'Premium' ? serviceBusName : ''
  }
  dependsOn: [
    keyVault
    serviceBus
    storage
  ]
}

module rbac 'rbac.bicep' = {
  name: 'rbac-${resourceToken}'
  params: {
    suffix: resourceToken
    resourceGroupName: resourceGroup.name
    principalId: identity.outputs.principalId
    storageAccountName: storage.outputs.name
    serviceBusName: serviceBus.outputs.name
    keyVaultName: keyVault.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    operatorPrincipalId: operatorPrincipalId
    targetSubscriptionIds: targetSubscriptionIds
    astronomerPrincipalId: vendorPrincipalId
    roleDefinitions: roleDefinitions
    assignments: assignments
    privateLinkTypes: privateLinkTypes
    vendorMayApprove: vendorMayApprove
    adoptedRoleIds: adoptedRoleIds
  }
}

module app 'app.bicep' = {
  name: 'app'
  scope: resourceGroup
  params: {
    name: functionAppName
    planName: '${abbrs.webServerFarms}${resourceToken}'
    location: location
    tags: tags
    identityName: identityName
    storageAccountName: storageAccountName
    serviceBusName: serviceBusName
    keyVaultName: keyVaultName
    applicationInsightsName: applicationInsightsName
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    targetSubscriptionIds: targetSubscriptionIds
    vendorApplicationId: vendorApplicationId
    vendorPrincipalId: vendorPrincipalId
    roleDefinitions: roleDefinitions
    assignments: assignments
    grantScope: grantScope
    defaultExpiry: defaultExpiry
    longestExpiry: longestExpiry
    trustedRemotes: trustedRemotes
    sweepSchedule: sweepSchedule
    orphanSchedule: orphanSchedule
    publicUrl: publicUrl
    webhooks: webhooks
    tickets: tickets
    callbacks: callbacks
  }
  dependsOn: [
    rbac
  ]
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  scope: resourceGroup
  params: {
    namePrefix: environmentName
    actionGroupName: '${abbrs.insightsActionGroups}${resourceToken}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    serviceBusId: serviceBus.outputs.id
    emails: alertEmails
    oldestOperationHours: oldestOperationHours
  }
}

module workbook 'workbook.bicep' = {
  name: 'workbook'
  scope: resourceGroup
  params: {
    displayName: 'Drawbridge (${environmentName})'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
  }
}

@description('The region.')
output AZURE_LOCATION string = location

@description('The tenant.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('The resource group with all that was made.')
output AZURE_RESOURCE_GROUP string = resourceGroup.name

@description('The function app.')
output FUNCTION_APP_NAME string = app.outputs.name

@description('The function app\'s address.')
output APP_URL string = app.outputs.url

@description('The vault that the secrets of ticket systems go into.')
output KEY_VAULT_NAME string = keyVault.outputs.name

@description('The object id of the app\'s identity.')
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('The one address that outgoing calls come from; empty without private networking.')
output OUTGOING_IP_ADDRESS string = privateNetworking ? network!.outputs.outgoingIpAddress : ''
