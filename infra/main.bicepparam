using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'drawbridge')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param targetSubscriptionIds = split(empty(readEnvironmentVariable('ALLOWED_SUBSCRIPTIONS', '')) ? readEnvironmentVariable('AZURE_SUBSCRIPTION_ID', '') : readEnvironmentVariable('ALLOWED_SUBSCRIPTIONS', ''), ',')
param astronomerPrincipalId = readEnvironmentVariable('ASTRONOMER_PRINCIPAL_ID', '')
param roleDefinitions = readEnvironmentVariable('ROLE_DEFINITIONS', 'managed')
param assignments = readEnvironmentVariable('ASSIGNMENTS', 'direct')
param privateNetworking = bool(readEnvironmentVariable('PRIVATE_NETWORKING', 'false'))
param operatorPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param alertEmails = empty(readEnvironmentVariable('ALERT_EMAILS', '')) ? [] : split(readEnvironmentVariable('ALERT_EMAILS', ''), ',')
param webhooks = loadJsonContent('webhooks.json')
param tickets = loadJsonContent('tickets.json')
param callbacks = bool(readEnvironmentVariable('CALLBACKS', 'false'))
