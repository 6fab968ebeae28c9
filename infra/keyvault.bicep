@description('The name of the vault.')
param name string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('Whether it can be reached from outside; in either case by Microsoft Entra identities alone.')
param publicAccess bool

@description('The Log Analytics workspace that is told who reads and writes secrets.')
param workspaceId string

// It is made empty: secrets are never parameters, so that no deployment's history shows one.
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
    }
  }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}

@description('Its name.')
output name string = vault.name
