//! Crash points: places where a test can kill the process.
//!
//! A test names a point and a subject by creating the file `<point>@<subject>` in the folder that the environment
//! variable `CRASH_DIR` names. The process that comes by removes the file, so that it dies there just once, and aborts:
//! no destructor runs, no answer is sent. Builds without debug assertions, which is what is deployed, have none of this.

/// Dies here, once, if a test asked for it.
#[cfg(debug_assertions)]
pub fn point(point: &str, subject: impl std::fmt::Display) {
    let Some(folder) = std::env::var_os("CRASH_DIR") else {
        return;
    };
    let order = std::path::Path::new(&folder).join(format!("{point}@{subject}"));
    if std::fs::remove_file(order).is_ok() {
        tracing::warn!(point, %subject, "killed by a crash point");
        std::process::abort();
    }
}

/// Does nothing.
#[cfg(not(debug_assertions))]
pub fn point(_: &str, _: impl std::fmt::Display) {}
