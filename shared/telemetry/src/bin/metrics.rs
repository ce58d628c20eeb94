//! Prints the list of metrics as a page of the documentation.

fn main() {
    print!("{}", telemetry::metrics::page());
}
