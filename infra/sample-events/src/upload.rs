//! What a bucket tells of a file that somebody put there.

use domain::{ImportId, UploadId};
use serde_json::{Value, json};

use crate::error::SampleError;
use crate::{ACCOUNT, AT, REGION, ids};

/// One new file.
pub fn event(function: &str) -> Result<Value, SampleError> {
    let key = match function {
        "process-image" => format!("images/{}", ids::id(UploadId::PREFIX)),
        "run-import" => format!("imports/{}", ids::id(ImportId::PREFIX)),
        _ => return Err(SampleError::Unknown { function: function.to_owned(), caller: "upload" }),
    };
    let bucket = format!("ironmonger-local-uploads-{ACCOUNT}");
    Ok(json!({ "Records": [{
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": REGION,
        "eventTime": AT,
        "eventName": "ObjectCreated:Put",
        "userIdentity": { "principalId": ACCOUNT },
        "requestParameters": { "sourceIPAddress": "127.0.0.1" },
        "responseElements": { "x-amz-request-id": ids::MESSAGE, "x-amz-id-2": "sample" },
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "uploads",
            "bucket": {
                "name": bucket,
                "ownerIdentity": { "principalId": ACCOUNT },
                "arn": format!("arn:aws:s3:::{bucket}"),
            },
            "object": { "key": key, "size": 240_113, "eTag": "sample", "sequencer": "00" },
        },
    }] }))
}
