//! DynamoDB: key names, one module per aggregate, transactions.
