@description('The name of the function app.')
param name string

@description('The name of its plan.')
param planName string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('The app\'s identity.')
param identityName string

@description('The storage account: the host\'s own, the deployment package\'s and the ledger\'s.')
param storageAccountName string

@description('The Service Bus namespace.')
param serviceBusName string

@description('The vault.')
param keyVaultName string

@description('The Application Insights component.')
param applicationInsightsName string

@description('The subnet that outgoing calls take; empty for none.')
param subnetId string

@description('The memory of one instance, in MB.')
param instanceMemoryMB int

@description('How many instances there may be.')
param maximumInstanceCount int

@description('The subscriptions that are served.')
param targetSubscriptionIds array

@description('Astronomer\'s application.')
param vendorApplicationId string

@description('The object id of its service principal, which the app so need not look up.')
param vendorPrincipalId string

@description('Who makes the roles that are granted: managed (the app) or pinned (its deployment).')
param roleDefinitions string

@description('How roles are assigned: direct or timeBound.')
param assignments string

@description('Where a role is assigned: subscription, resourceGroup or target.')
param grantScope string

@description('How long access lasts where a request does not say.')
param defaultExpiry string

@description('How long access may last.')
param longestExpiry string

@description('Astro\'s subscriptions or networks.')
param trustedRemotes array

@description('When the sweep runs.')
param sweepSchedule string

@description('When the ledger is compared with all that Azure has.')
param orphanSchedule string

@description('The address that callers see; empty for the app\'s own.')
param publicUrl string

@description('The ticket systems that may call.')
param webhooks object

@description('The ticket systems that are told.')
param tickets object

@description('Whether requests may name an address to be told at.')
param callbacks bool

var graphEndpoints = {
  AzureChinaCloud: 'https://microsoftgraph.chinacloudapi.cn/'
  AzureCloud: 'https://graph.microsoft.com/'
  AzureUSGovernment: 'https://graph.microsoft.us/'
}

// A setting for each source and each system, which reads its secret from the vault. Until the secret
// is there the setting is the reference itself, and the app takes that for none.
var webhookReferences = toObject(
  items(webhooks),
  source => 'WEBHOOK_SECRET_${toUpper(replace(source.key, '-', '_'))}',
  source => '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName=WEBHOOK-SECRET-${toUpper(source.key)})'
)
var ticketReferences = toObject(
  items(tickets),
  system => 'TICKET_SECRET_${toUpper(replace(system.key, '-', '_'))}',
  system => '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName=TICKET-SECRET-${toUpper(system.key)})'
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName
}

resource serviceBus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: serviceBusName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, {
    'azd-service-name': 'app'
  })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}app-package'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'java'
        version: '17'
      }
      scaleAndConcurrency: {
        alwaysReady: []
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
  }
}

resource ftp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: site
  name: 'appsettings'
  properties: union(webhookReferences, ticketReferences, {
    // The host's own.
    AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
    AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identity.properties.clientId
    ServiceBusConnection__credential: 'managedidentity'
    ServiceBusConnection__clientId: identity.properties.clientId
    APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'

    // Drawbridge's.
    ServiceBusConnection__fullyQualifiedNamespace: replace(replace(serviceBus.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
    LedgerConnection__tableServiceUri: storage.properties.primaryEndpoints.table
    AZURE_CLIENT_ID: identity.properties.clientId
    OWN_PRINCIPAL_ID: identity.properties.principalId
    TENANT_ID: tenant().tenantId
    ALLOWED_SUBSCRIPTIONS: join(targetSubscriptionIds, ',')
    VENDOR_APPLICATION_ID: vendorApplicationId
    VENDOR_PRINCIPAL_ID: vendorPrincipalId
    ROLE_DEFINITIONS: roleDefinitions
    ASSIGNMENTS: assignments
    GRANT_SCOPE: grantScope
    DEFAULT_EXPIRY: defaultExpiry
    LONGEST_EXPIRY: longestExpiry
    TRUSTED_REMOTES: join(trustedRemotes, ',')
    SWEEP_SCHEDULE: sweepSchedule
    ORPHAN_SCHEDULE: orphanSchedule
    ARM_ENDPOINT: environment().resourceManager
    GRAPH_ENDPOINT: graphEndpoints[environment().name]
    PUBLIC_URL: empty(publicUrl) ? 'https://${site.properties.defaultHostName}' : publicUrl
    WEBHOOKS: string(webhooks)
    TICKETS: string(tickets)
    CALLBACK_SECRET: !callbacks ? '' : '@Microsoft.KeyVault(VaultName=${keyVaultName};SecretName=CALLBACK-SECRET)'
  })
}

@description('Its name.')
output name string = site.name

@description('Its address.')
output url string = 'https://${site.properties.defaultHostName}'
