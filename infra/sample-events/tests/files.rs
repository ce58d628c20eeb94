//! The files in `infra/events` are what the code makes, and there is one for each thing that calls a function.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeMap;
use std::path::Path;

use sample_events::{Caller, calls, samples};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

#[test]
fn the_files_are_the_code_s() {
    let events = Path::new(ROOT).join("infra/events");
    let mut kept = BTreeMap::new();
    for folder in std::fs::read_dir(&events).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.strip_prefix(&events).unwrap().to_str().unwrap().to_owned();
            kept.insert(name, std::fs::read_to_string(path).unwrap());
        }
    }
    let made: BTreeMap<_, _> =
        samples(Path::new(ROOT)).unwrap().iter().map(|sample| (sample.path(), sample.text())).collect();
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(&made), "run `make sample-events`");
    for (name, text) in &made {
        assert_eq!(&kept[name], text, "{name}: run `make sample-events`");
    }
}

#[test]
fn no_function_and_no_kind_of_caller_is_missing() {
    let made: Vec<_> = samples(Path::new(ROOT))
        .unwrap()
        .into_iter()
        .map(|sample| (sample.caller, sample.function))
        .collect();
    let wanted: Vec<_> =
        calls(Path::new(ROOT)).unwrap().into_iter().map(|call| (call.caller, call.function)).collect();
    assert_eq!(made, wanted);
    for caller in Caller::ALL {
        assert!(wanted.iter().any(|(one, _)| *one == caller), "nothing is called by {caller:?}");
    }
    let contexts = std::fs::read_dir(Path::new(ROOT).join("functions")).unwrap();
    for binaries in contexts.map(|context| context.unwrap().path().join("src/bin")) {
        for source in std::fs::read_dir(binaries).unwrap() {
            let source = source.unwrap().path();
            let function = source.file_stem().unwrap().to_str().unwrap();
            assert!(wanted.iter().any(|(_, one)| one == function), "no event calls {function}");
        }
    }
}
