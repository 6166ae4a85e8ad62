//! Threads for long work, which give way to those that serve.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{LazyLock, Mutex, PoisonError, mpsc},
    thread,
};

use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// Most threads, whatever the processors are.
const THREADS_MAX: usize = 4;
/// How far the threads stand behind those that serve: the scheduler gives them about a tenth of a processor that others
/// want, and all of one that is idle.
const NICENESS: i32 = 10;

static JOBS: LazyLock<mpsc::Sender<Job>> = LazyLock::new(|| {
    let (jobs, waiting) = mpsc::channel::<Job>();
    // They live as long as the process.
    let waiting: &'static Mutex<mpsc::Receiver<Job>> = Box::leak(Box::new(Mutex::new(waiting)));
    let processors = thread::available_parallelism().map_or(1, usize::from);
    for _ in 0..(processors / 2).clamp(1, THREADS_MAX) {
        let name = "background".to_owned();
        // Without a thread the job is dropped, and whoever waits for it learns that it broke off.
        drop(thread::Builder::new().name(name).spawn(|| work_on(waiting)));
    }
    jobs
});

fn work_on(waiting: &Mutex<mpsc::Receiver<Job>>) {
    // Elsewhere the niceness is that of the whole process. Work is done without it, too.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, NICENESS);
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // Whoever waits for it learns that it broke off.
        drop(catch_unwind(AssertUnwindSafe(job)));
    }
}

/// Long work broke off: that is a defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BrokeOff;

/// Does long work. It goes on even if nobody waits for it any more.
pub(crate) async fn work<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, BrokeOff> {
    let (done, waiting) = oneshot::channel();
    leave(move || drop(done.send(work())));
    waiting.await.map_err(|_| BrokeOff)
}

/// Leaves work to be done some time.
pub(crate) fn leave(work: impl FnOnce() + Send + 'static) {
    // Without threads it is dropped here.
    drop(JOBS.send(Box::new(work)));
}

/// Drops what may be large.
pub(crate) fn dispose<T: Send + 'static>(large: T) {
    leave(move || drop(large));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_panics_breaks_off_and_the_next_is_done() {
        for round in 0..2 * THREADS_MAX {
            let broken = work(|| panic!("work that panics, on purpose")).await;
            assert_eq!(broken, Err::<(), _>(BrokeOff));
            assert_eq!(work(move || round + 1).await, Ok(round + 1));
        }
    }
}
