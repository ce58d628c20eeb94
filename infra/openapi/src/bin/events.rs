//! Prints the event catalogue as a page of the docs.

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    print!("{}", notify::catalogue::markdown()?);
    Ok(())
}
