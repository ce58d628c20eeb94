//! Writes `infra/events` anew: an event for each function, queue, stream, schedule and bucket.

use std::error::Error;
use std::fs;
use std::path::Path;

use sample_events::samples;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let samples = samples(root)?;
    let events = root.join("infra/events");
    if events.exists() {
        fs::remove_dir_all(&events)?;
    }
    for sample in &samples {
        let file = events.join(sample.path());
        fs::create_dir_all(events.join(sample.caller.folder()))?;
        fs::write(file, sample.text())?;
    }
    println!("{} events are in infra/events", samples.len());
    Ok(())
}
