@description('What the portal shows as its name.')
param displayName string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('The Log Analytics workspace with the app\'s logs.')
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2022-04-01' = {
  name: guid(resourceGroup().id, displayName)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    sourceId: workspaceId
    serializedData: loadTextContent('workbook.json')
  }
}
