//! The program as the tests on the deployed stack run it.

use std::process::Command;

/// The file that names the stack.
pub fn outputs() -> String {
    std::env::var("IRONMONGER_OUTPUTS").expect("IRONMONGER_OUTPUTS names the stack: `make test-stack`")
}

/// Runs the program, which has to succeed; what it printed.
pub fn ironmonger(arguments: &[&str]) -> String {
    let command = Command::new(env!("CARGO_BIN_EXE_ironmonger"))
        .args(["--outputs", &outputs(), "--no-progress"])
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(command.status.success(), "{}{}", text(&command.stdout), text(&command.stderr));
    text(&command.stdout)
}
