@description('The name of the Service Bus namespace.')
param name string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('Its tier: Standard or Premium.')
param skuName string

@description('Whether it can be reached from outside; in either case by Microsoft Entra identities alone.')
param publicAccess bool

var queueNames = [
  'peering-requests'
  'private-link-requests'
]

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: skuName == 'Premium' ? {
    name: 'Premium'
    tier: 'Premium'
    capacity: 1
  } : {
    name: 'Standard'
    tier: 'Standard'
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
  }
}

// As the local ones, which the tests run on. A message that is fourteen days old is not granted
// any more, whatever held it up.
resource queues 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [for queueName in queueNames: {
  parent: namespace
  name: queueName
  properties: {
    lockDuration: 'PT1M'
    maxDeliveryCount: 10
    requiresDuplicateDetection: true
    duplicateDetectionHistoryTimeWindow: 'PT10M'
    defaultMessageTimeToLive: 'P14D'
    deadLetteringOnMessageExpiration: true
  }
}]

@description('Its id.')
output id string = namespace.id

@description('Its name.')
output name string = namespace.name
