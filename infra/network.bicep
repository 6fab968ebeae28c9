@description('The name of the virtual network.')
param virtualNetworkName string

@description('The name of the NAT gateway that outgoing calls take.')
param natGatewayName string

@description('The name of the NAT gateway\'s public address.')
param publicIpName string

@description('What the names of private endpoints begin with.')
param endpointPrefix string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('The address space, at least a /25.')
param addressSpace string

@description('The storage account.')
param storageAccountName string

@description('The vault.')
param keyVaultName string

@description('The Service Bus namespace; empty where it has no private endpoints.')
param serviceBusName string

var serviceBusZones = {
  AzureChinaCloud: 'privatelink.servicebus.chinacloudapi.cn'
  AzureCloud: 'privatelink.servicebus.windows.net'
  AzureUSGovernment: 'privatelink.servicebus.usgovcloudapi.net'
}
var endpoints = concat([
  {
    group: 'blob'
    type: 'Microsoft.Storage/storageAccounts'
    name: storageAccountName
    zone: 'privatelink.blob.${environment().suffixes.storage}'
  }
  {
    group: 'table'
    type: 'Microsoft.Storage/storageAccounts'
    name: storageAccountName
    zone: 'privatelink.table.${environment().suffixes.storage}'
  }
  {
    group: 'vault'
    type: 'Microsoft.KeyVault/vaults'
    name: keyVaultName
    zone: replace(environment().suffixes.keyvaultDns, '.vault.', 'privatelink.vaultcore.')
  }
], empty(serviceBusName) ? [] : [
  {
    group: 'namespace'
    type: 'Microsoft.ServiceBus/namespaces'
    name: serviceBusName
    zone: serviceBusZones[environment().name]
  }
])

resource publicIp 'Microsoft.Network/publicIPAddresses@2024-03-01' = {
  name: publicIpName
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource natGateway 'Microsoft.Network/natGateways@2024-03-01' = {
  name: natGatewayName
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIpAddresses: [
      {
        id: publicIp.id
      }
    ]
  }
}

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-03-01' = {
  name: virtualNetworkName
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressSpace
      ]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 0)
          natGateway: {
            id: natGateway.id
          }
          delegations: [
            {
              name: 'flex'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 1)
        }
      }
    ]
  }

  resource app 'subnets' existing = {
    name: 'app'
  }

  resource private 'subnets' existing = {
    name: 'endpoints'
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2020-06-01' = [for endpoint in endpoints: {
  name: endpoint.zone
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (endpoint, i) in endpoints: {
  parent: zones[i]
  name: '${virtualNetworkName}-${endpoint.group}'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: virtualNetwork.id
    }
  }
}]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2024-03-01' = [for endpoint in endpoints: {
  name: '${endpointPrefix}-${endpoint.group}'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: virtualNetwork::private.id
    }
    privateLinkServiceConnections: [
      {
        name: endpoint.group
        properties: {
          privateLinkServiceId: resourceId(endpoint.type, endpoint.name)
          groupIds: [
            endpoint.group
          ]
        }
      }
    ]
  }
}]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-03-01' = [for (endpoint, i) in endpoints: {
  parent: privateEndpoints[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: endpoint.group
        properties: {
          privateDnsZoneId: zones[i].id
        }
      }
    ]
  }
}]

@description('The id of the subnet that the app\'s outgoing calls take.')
output appSubnetId string = virtualNetwork::app.id

@description('The address that they come from.')
output outgoingIpAddress string = publicIp.properties.ipAddress
