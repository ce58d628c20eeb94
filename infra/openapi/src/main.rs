//! Prints the OpenAPI document of all routes as JSON.

fn main() -> Result<(), serde_json::Error> {
    println!("{}", serde_json::to_string_pretty(&openapi::document())?);
    Ok(())
}
