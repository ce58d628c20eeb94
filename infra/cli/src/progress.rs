//! Progress on standard error: a bar on a terminal, plain lines now and then elsewhere.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

const BAR: &str = "{msg:28} [{bar:30}] {human_pos}/{human_len} {elapsed} {eta:>4} left";
/// How often the time on a bar moves.
const TICK: Duration = Duration::from_millis(250);
/// The least time between two plain lines about one piece of work.
const PLAIN_INTERVAL: Duration = Duration::from_secs(5);

/// How to show progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Bars that move.
    Bars,
    /// A line now and then.
    Plain,
}

impl Progress {
    /// Bars if standard error is a terminal and nobody asked for plain lines.
    #[must_use]
    pub fn choose(plain: bool) -> Self {
        if plain || !std::io::stderr().is_terminal() { Self::Plain } else { Self::Bars }
    }

    /// Begins a piece of work of `length` steps.
    #[must_use]
    pub fn begin(self, what: &str, length: u64) -> Work {
        match self {
            Self::Bars => {
                let style =
                    ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
                let bar = ProgressBar::new(length).with_style(style).with_message(what.to_owned());
                bar.enable_steady_tick(TICK);
                Work(Shown::Bar(bar))
            }
            Self::Plain => Work(Shown::Lines(Mutex::new(Lines::new(what, length, Instant::now())))),
        }
    }
}

/// A piece of work under way.
#[derive(Debug)]
pub struct Work(Shown);

#[derive(Debug)]
enum Shown {
    Bar(ProgressBar),
    Lines(Mutex<Lines>),
}

impl Work {
    /// One more step is done.
    pub fn step(&self) {
        match &self.0 {
            Shown::Bar(bar) => bar.inc(1),
            Shown::Lines(lines) => tell(lines, |lines| lines.advance(lines.done + 1, Instant::now())),
        }
    }

    /// The work has come so far.
    pub fn at(&self, position: u64) {
        match &self.0 {
            Shown::Bar(bar) => bar.set_position(position),
            Shown::Lines(lines) => tell(lines, |lines| lines.advance(position, Instant::now())),
        }
    }

    /// The work is over, for better or worse.
    pub fn end(self) {
        match &self.0 {
            Shown::Bar(bar) => bar.finish_and_clear(),
            Shown::Lines(lines) => tell(lines, |lines| lines.end(Instant::now())),
        }
    }
}

fn tell(lines: &Mutex<Lines>, change: impl FnOnce(&mut Lines) -> Option<String>) {
    // Whoever panicked with the lock has left nothing that could mislead here.
    let mut lines = lines.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(line) = change(&mut lines) {
        eprintln!("{line}");
    }
}

/// What plain lines tell, and when.
#[derive(Debug)]
struct Lines {
    what: String,
    length: u64,
    done: u64,
    since: Instant,
    told: Instant,
}

impl Lines {
    fn new(what: &str, length: u64, now: Instant) -> Self {
        Self { what: what.to_owned(), length, done: 0, since: now, told: now }
    }

    fn advance(&mut self, done: u64, now: Instant) -> Option<String> {
        self.done = done;
        if now - self.told < PLAIN_INTERVAL {
            return None;
        }
        self.told = now;
        Some(self.line(now))
    }

    fn end(&self, now: Instant) -> Option<String> {
        (self.length > 0).then(|| self.line(now))
    }

    fn line(&self, now: Instant) -> String {
        let seconds = (now - self.since).as_secs();
        format!("{}: {} of {} after {seconds} s", self.what, self.done, self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_lines_come_now_and_then_and_at_the_end() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut lines = Lines::new("Placing", 300, start);
        let told: Vec<_> = (1..=12).filter_map(|second| lines.advance(second * 10, at(second))).collect();
        assert_eq!(told, ["Placing: 50 of 300 after 5 s", "Placing: 100 of 300 after 10 s"]);
        assert_eq!(lines.end(at(13)).unwrap(), "Placing: 120 of 300 after 13 s");
    }

    #[test]
    fn nothing_to_do_is_not_told() {
        let start = Instant::now();
        assert_eq!(Lines::new("Placing", 0, start).end(start), None);
    }
}
