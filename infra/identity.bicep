@description('The name of the app\'s identity.')
param name string

@description('The region.')
param location string

@description('The tags.')
param tags object

// Of its own rather than the app's system-assigned one: its rights are there before the app first
// starts, and outlive an app that is made anew.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Its object id.')
output principalId string = identity.properties.principalId
