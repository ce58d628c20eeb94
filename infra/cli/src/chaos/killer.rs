//! Functions die: processes of the stack are killed at random, and orders carry death sentences for given points of their
//! way.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use rand::seq::IndexedRandom;

/// What the program of each function is called.
const PROGRAM: &str = "bootstrap";
/// The variable by which a stack's functions are known: the folder where they are asked to die.
const VARIABLE: &str = "CRASH_DIR";

/// Where a function that works on an order can be asked to die. A test compares them with the functions' code.
pub const POINTS: [&str; 15] = [
    "pay-order.after-begin",
    "settle.after-confirm",
    "settle.after-write",
    "publish-order-events.after-put",
    "plan-order.after-write",
    "call.after-slot",
    "call.after-probe",
    "dispatch-task.after-postpone",
    "dispatch-task.after-begin",
    "dispatch-task.after-place",
    "dispatch-task.after-attempt",
    "dispatch-task.after-accept",
    "conclude.after-write",
    "sweep-tasks.after-mark",
    "sweep-tasks.after-cancel",
];
/// Where one that places an order can.
pub const PLACING: &str = "place-order.after-write";

/// The folder in which functions are asked to die.
#[derive(Debug)]
pub struct Sentences {
    folder: PathBuf,
    passed: Mutex<Vec<PathBuf>>,
}

impl Sentences {
    /// The sentences of a stack.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, passed: Mutex::default() }
    }

    /// Asks for the death of the next function that comes by a point with this subject.
    pub fn pass(&self, point: &str, subject: impl Display) -> std::io::Result<()> {
        let file = self.folder.join(format!("{point}@{subject}"));
        std::fs::write(&file, "")?;
        // Whoever panicked with the lock has left nothing that could mislead here.
        self.passed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(file);
        Ok(())
    }

    /// How many were carried out. The others are taken back.
    pub fn end(&self) -> std::io::Result<u64> {
        let mut carried_out = 0;
        for file in self.passed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).drain(..) {
            match std::fs::remove_file(file) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => carried_out += 1,
                Err(error) => return Err(error),
            }
        }
        Ok(carried_out)
    }
}

/// Any time about as long as this one: from a half to one and a half of it.
#[must_use]
pub fn about(time: Duration) -> Duration {
    time.mul_f64(0.5 + rand::random::<f64>())
}

/// Kills one of a stack's function processes, if there is one. `folder` is where the stack's functions are asked to die,
/// by which its processes are told from those of other stacks.
pub fn kill_one(folder: &Path) -> std::io::Result<bool> {
    let mark = format!("{VARIABLE}={}", folder.display());
    let processes = std::fs::read_dir("/proc")?.filter_map(|entry| Some(entry.ok()?.path()));
    let ours: Vec<_> = processes.filter(|process| is_function(process, &mark)).collect();
    let Some(pid) = ours.choose(&mut rand::rng()).and_then(|process| process.file_name()) else {
        return Ok(false);
    };
    // Every shell has it, which not every machine does.
    let mut kill = Command::new("sh");
    kill.args(["-c", "kill -KILL \"$0\""]).arg(pid).stdout(Stdio::null()).stderr(Stdio::null());
    let done = kill.status()?;
    // It may have ended by itself meanwhile.
    Ok(done.success())
}

/// Whether a process, named by its folder below `/proc`, is a function of the stack. What cannot be read is not.
fn is_function(process: &Path, mark: &str) -> bool {
    let named = |path: PathBuf| path.file_name().is_some_and(|name| name == PROGRAM);
    std::fs::read_link(process.join("exe")).is_ok_and(named)
        && std::fs::read(process.join("environ"))
            .is_ok_and(|variables| variables.split(|byte| *byte == 0).any(|one| one == mark.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_counted_when_they_were_carried_out_and_else_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let sentences = Sentences::new(folder.path().into());
        sentences.pass("a", 1).unwrap();
        sentences.pass("b", 2).unwrap();
        std::fs::remove_file(folder.path().join("a@1")).unwrap();
        assert_eq!(sentences.end().unwrap(), 1);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn only_functions_of_this_stack_are_killed() {
        let folder = tempfile::tempdir().unwrap();
        let sleep =
            ["/usr/bin/sleep", "/bin/sleep"].into_iter().find(|path| Path::new(path).exists()).unwrap();
        let start = |program: &str, crash_dir: &Path| {
            let copy = folder.path().join(program);
            std::fs::copy(sleep, &copy).unwrap();
            Command::new(copy).arg("60").env(VARIABLE, crash_dir).spawn().unwrap()
        };
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        let mut other_program = start("emulator", &ours);
        let mut other_stack = start(PROGRAM, &theirs);
        assert!(!kill_one(&ours).unwrap());
        // The copy of the program runs: it is not written again.
        let mut function =
            Command::new(folder.path().join(PROGRAM)).arg("60").env(VARIABLE, &ours).spawn().unwrap();
        // The new process is a copy of this one until it has become its program.
        while !is_function(
            &PathBuf::from(format!("/proc/{}", function.id())),
            &format!("{VARIABLE}={}", ours.display()),
        ) {
            std::thread::yield_now();
        }
        assert!(kill_one(&ours).unwrap());
        assert!(!function.wait().unwrap().success());
        for process in [&mut other_program, &mut other_stack] {
            assert_eq!(process.try_wait().unwrap(), None);
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    #[test]
    fn the_points_are_those_of_the_code() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../functions"));
        let mut folders = ["orders", "fulfilment"].map(|name| root.join(name).join("src")).to_vec();
        let mut code = String::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    code += &std::fs::read_to_string(path).unwrap();
                }
            }
        }
        for point in POINTS.iter().chain([&PLACING]) {
            assert!(code.contains(&format!("\"{point}\"")), "{point} is not in the code");
        }
    }
}
