@description('What the names of the alerts begin with.')
param namePrefix string

@description('The name of the action group.')
param actionGroupName string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('The Log Analytics workspace with the app\'s logs.')
param workspaceId string

@description('The Service Bus namespace.')
param serviceBusId string

@description('Who gets mail.')
param emails array

@description('An operation that is open for longer raises an alert, in hours.')
param oldestOperationHours int

// Each query gives a row where something is wrong, and none where nothing is. docs/runbook.md says
// what to do about each.
var queries = [
  {
    name: 'access-overdue'
    description: 'Access stands longer than it may.'
    severity: 0
    frequency: 'PT5M'
    window: 'PT15M'
    query: '''
AppTraces
| where Message contains "event=accessOverdue"
| project TimeGenerated, Message
'''
  }
  {
    name: 'revocation-failing'
    description: 'A revocation has failed three times.'
    severity: 1
    frequency: 'PT5M'
    window: 'PT15M'
    query: '''
AppTraces
| where Message contains "event=revocationFailing"
| project TimeGenerated, Message
'''
  }
  {
    name: 'audit-broken'
    description: 'The record of an operation was changed, added to or shortened.'
    severity: 1
    frequency: 'PT5M'
    window: 'PT15M'
    query: '''
AppTraces
| where Message contains "event=auditBroken"
| project TimeGenerated, Message
'''
  }
  {
    name: 'dead-lettered'
    description: 'A request was given up: its message was dead-lettered.'
    severity: 1
    frequency: 'PT5M'
    window: 'PT15M'
    query: '''
AppTraces
| where Message contains "event=deadLettered"
| project TimeGenerated, Message
'''
  }
  {
    name: 'no-sweep'
    description: 'No sweep was completed for 15 minutes: access that is over may still stand.'
    severity: 1
    frequency: 'PT5M'
    window: 'PT15M'
    query: '''
AppTraces
| where Message startswith "sweep: "
| summarize sweeps = count()
| where sweeps == 0
'''
  }
  {
    name: 'server-errors'
    description: 'More than one in twenty calls to the API, and at least three, were answered with 5xx.'
    severity: 2
    frequency: 'PT5M'
    window: 'PT15M'
    query: '''
AppRequests
| where isnotempty(Url)
| summarize calls = count(), failed = countif(ResultCode startswith "5")
| where failed >= 3 and failed * 20 > calls
'''
  }
  {
    name: 'oldest-operation'
    description: 'An operation has been open for longer than ${oldestOperationHours} hours.'
    severity: 3
    frequency: 'PT15M'
    window: 'PT30M'
    query: replace('''
AppTraces
| where Message startswith "sweep: "
| parse Message with * ", oldest open for " age:long " s" *
| summarize arg_max(TimeGenerated, age)
| where age > <hours> * 3600
''', '<hours>', string(oldestOperationHours))
  }
]

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'drawbridge'
    enabled: true
    emailReceivers: [for (email, i) in emails: {
      name: 'email${i}'
      emailAddress: email
      useCommonAlertSchema: true
    }]
  }
}

// Some tables are there only when the first row is: the queries are checked by a test instead.
resource queryAlerts 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [for query in queries: {
  name: '${namePrefix}-${query.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Drawbridge (${namePrefix}): ${query.name}'
    description: query.description
    severity: query.severity
    enabled: true
    autoMitigate: true
    skipQueryValidation: true
    evaluationFrequency: query.frequency
    windowSize: query.window
    scopes: [
      workspaceId
    ]
    criteria: {
      allOf: [
        {
          query: query.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [
        actionGroup.id
      ]
    }
  }
}]

// The app takes these out within seconds: what stays, it could not write into its ledger.
resource deadLetterQueue 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${namePrefix}-dead-letter-queue'
  location: 'global'
  tags: tags
  properties: {
    description: 'A message stays in a dead-letter queue.'
    severity: 1
    enabled: true
    autoMitigate: true
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    scopes: [
      serviceBusId
    ]
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead-letter-queue'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [
      {
        actionGroupId: actionGroup.id
      }
    ]
  }
}
