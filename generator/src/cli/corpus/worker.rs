//! The processes that generate. Each takes documents one after another from its standard input and
//! answers with one line of JSON per document; one that dies takes its document with it, and
//! another takes its place.

use super::job::{Job, Outcome};
use super::progress::Progress;
use super::report::Entry;
use crate::cli::stop::Stop;
use crate::config::Config;
use crate::emit::{Placement, RuntimeSource};
use crate::{read, write};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::panic::AssertUnwindSafe;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The command that a worker is started with.
pub(in crate::cli) const COMMAND: &str = "corpus-worker";

/// How long one document may take.
const LIMIT: Duration = Duration::from_secs(300);

/// What a worker says of one document.
#[derive(Serialize, Deserialize)]
struct Reply {
    entry: Entry,
    peak_memory: Option<u64>,
}

/// Generates all documents in so many processes at once, with so many threads in each.
pub(super) fn generate(
    mut jobs: Vec<Job>,
    processes: usize,
    threads: usize,
    progress: &Progress,
) -> Outcome {
    // The largest first, so that none is left to one process at the end.
    jobs.sort_by_key(|job| (std::cmp::Reverse(job.document_bytes), job.path.clone()));
    let queue = Queue(Mutex::new(VecDeque::from(jobs)));
    let outcome = Mutex::new(Outcome {
        entries: Vec::new(),
        peak_memory: None,
    });
    std::thread::scope(|scope| {
        for _ in 0..processes {
            scope.spawn(|| {
                let mut worker = None;
                while let Some(job) = queue.next() {
                    let reply = ask(&mut worker, &job, threads);
                    progress.advance(1, &job.path);
                    let mut outcome = lock(&outcome);
                    outcome.peak_memory = outcome.peak_memory.max(reply.peak_memory);
                    outcome.entries.push(Entry {
                        path: job.path,
                        crate_name: job.crate_name,
                        document_bytes: job.document_bytes,
                        ..reply.entry
                    });
                }
                if let Some(worker) = worker {
                    worker.dismiss();
                }
            });
        }
    });
    outcome.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What is left to do. A type, because a lock taken in the head of a `while let` is held to the end
/// of its body.
struct Queue<T>(Mutex<VecDeque<T>>);

impl<T> Queue<T> {
    fn next(&self) -> Option<T> {
        lock(&self.0).pop_front()
    }
}

/// A lock that another thread died with guards what it guarded before.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has one document generated, by the worker there is or by a new one.
fn ask(worker: &mut Option<Worker>, job: &Job, threads: usize) -> Reply {
    let start = Instant::now();
    let reason = match worker.take().map_or_else(|| Worker::start(threads), Ok) {
        Ok(mut running) => match running.ask(job) {
            Some(reply) => {
                *worker = Some(running);
                return reply;
            }
            None => running.end(),
        },
        Err(error) => format!("no process can be started: {error}"),
    };
    let mut entry = Entry::panicked(reason);
    entry.seconds = start.elapsed().as_secs_f64();
    Reply {
        entry,
        peak_memory: None,
    }
}

struct Worker {
    child: Child,
    input: ChildStdin,
    replies: Receiver<Reply>,
}

impl Worker {
    fn start(threads: usize) -> std::io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(COMMAND)
            .env("RAYON_NUM_THREADS", threads.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::Error::other("a pipe is missing"));
        };
        let (sender, replies) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let Ok(reply) = serde_json::from_str(&line) else {
                    break;
                };
                if sender.send(reply).is_err() {
                    break;
                }
            }
        });
        Ok(Self {
            child,
            input,
            replies,
        })
    }

    /// `None` when the process has died or takes too long.
    fn ask(&mut self, job: &Job) -> Option<Reply> {
        let line = serde_json::to_string(job).ok()?;
        writeln!(self.input, "{line}").ok()?;
        self.input.flush().ok()?;
        self.replies.recv_timeout(LIMIT).ok()
    }

    /// Lets a process end that has nothing more to do.
    fn dismiss(mut self) {
        drop(self.input);
        // Whether it ends well matters to nobody now.
        let _ = self.child.wait();
    }

    /// Ends the process and says what became of it.
    fn end(mut self) -> String {
        drop(self.input);
        let status = match self.child.try_wait() {
            Ok(Some(status)) => Some(status),
            _ => {
                // One that died has closed its pipes before it can be waited for.
                std::thread::sleep(Duration::from_millis(200));
                self.child.try_wait().ok().flatten()
            }
        };
        let Some(status) = status else {
            // It may have ended by itself in this moment.
            let _ = self.child.kill();
            let _ = self.child.wait();
            return format!("not done after {} s", LIMIT.as_secs());
        };
        let mut said = String::new();
        if let Some(mut errors) = self.child.stderr.take() {
            let _ = errors.read_to_string(&mut said);
        }
        let said = said.lines().filter(|line| !line.trim().is_empty());
        let said: Vec<_> = said.collect();
        let last = said.iter().rev().take(2).rev().copied();
        format!(
            "the process died ({status}): {}",
            last.collect::<Vec<_>>().join(" ")
        )
    }
}

/// What the last panic said; a hook puts it here, because it may happen on any thread.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

/// The other side: the loop of a worker.
pub(in crate::cli) fn serve() -> Result<(), Stop> {
    std::panic::set_hook(Box::new(|info| {
        *lock(&PANIC) = Some(info.to_string().replace('\n', " "));
    }));
    let failed = |error: std::io::Error| Stop::Because(error.to_string());
    for line in std::io::stdin().lines() {
        let line = line.map_err(failed)?;
        let job: Job =
            serde_json::from_str(&line).map_err(|error| Stop::Because(error.to_string()))?;
        let start = Instant::now();
        let made = std::panic::catch_unwind(AssertUnwindSafe(|| make(&job, start)));
        let entry = made.unwrap_or_else(|_| {
            let said = lock(&PANIC).take();
            let mut entry = Entry::panicked(said.unwrap_or_else(|| "a panic".to_owned()));
            entry.seconds = start.elapsed().as_secs_f64();
            entry
        });
        let reply = Reply {
            entry,
            peak_memory: peak_memory(),
        };
        let text =
            serde_json::to_string(&reply).map_err(|error| Stop::Because(error.to_string()))?;
        println!("{text}");
    }
    Ok(())
}

fn make(job: &Job, start: Instant) -> Entry {
    let config = Config::named(&job.crate_name);
    let placement = Placement {
        runtime: RuntimeSource::Path(job.runtime.clone()),
        document: job.path.clone(),
    };
    let (mut entry, tree) =
        super::measure::generate(read::read(&job.document), &config, &placement);
    entry.seconds = start.elapsed().as_secs_f64();
    if let (Some(out), Some(tree)) = (&job.out, &tree)
        && let Err(error) = write::write(out, tree)
    {
        return Entry::panicked(format!("the crate cannot be written: {error}"));
    }
    entry
}

/// The most memory that this process has held, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::super::report::Outcome;
    use super::Queue;
    use super::{Job, Progress, generate};
    use std::collections::VecDeque;
    use std::sync::Mutex;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// The program that runs the tests knows no such command: as a worker it dies at once.
    #[test]
    fn a_process_that_dies_costs_the_document_it_had() {
        let job = |path: &str| Job {
            path: path.to_owned(),
            document: path.into(),
            document_bytes: 1,
            crate_name: "a-client".to_owned(),
            out: None,
            runtime: String::new(),
        };
        let progress = Progress::new("test", 2);
        let outcome = generate(vec![job("a"), job("b")], 1, 1, &progress);
        let entries: Vec<_> = outcome
            .entries
            .iter()
            .map(|entry| (entry.path.as_str(), entry.outcome))
            .collect();
        assert_eq!(entries, [("a", Outcome::Panic), ("b", Outcome::Panic)]);
        let reason = outcome.entries[0]
            .first_error
            .as_deref()
            .unwrap_or_default();
        assert!(reason.starts_with("the process died"), "{reason}");
    }

    #[test]
    fn what_is_taken_holds_nobody_up() {
        let queue = Queue(Mutex::new(VecDeque::from([1, 2])));
        let (done, other) = channel();
        std::thread::scope(|scope| {
            while let Some(first) = queue.next() {
                assert_eq!(first, 1);
                scope.spawn(|| done.send(queue.next()));
                let second = other.recv_timeout(Duration::from_secs(60));
                assert_eq!(second, Ok(Some(2)), "the queue is locked");
            }
        });
    }
}
