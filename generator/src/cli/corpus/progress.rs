//! How far the work is: a bar on a terminal, a line now and then elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How often a line is printed.
const PAUSE: Duration = Duration::from_secs(10);

pub(super) struct Progress {
    what: &'static str,
    bar: ProgressBar,
    /// When the last line was printed; `None` on a terminal.
    last: Option<Mutex<Instant>>,
}

impl Progress {
    pub(super) fn new(what: &'static str, length: usize) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let target = if terminal {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(length as u64), target);
        let template = "{prefix} {bar:40} {pos}/{len} {eta} {wide_msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_prefix(what);
        Self {
            what,
            bar,
            last: (!terminal).then(|| Mutex::new(Instant::now())),
        }
    }

    /// So many more are done, the last of them being `name`.
    pub(super) fn advance(&self, count: usize, name: &str) {
        self.bar.inc(count as u64);
        self.bar.set_message(name.to_owned());
        let Some(Ok(mut last)) = self.last.as_ref().map(Mutex::lock) else {
            return;
        };
        if last.elapsed() >= PAUSE {
            *last = Instant::now();
            self.line(&format!(": {name}"));
        }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
        if self.last.is_some() {
            self.line("");
        }
    }

    fn line(&self, more: &str) {
        let (done, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
        eprintln!("{} {done}/{all}{more}", self.what);
    }
}
