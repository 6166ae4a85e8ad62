//! Everything that the command prints.
//!
//! Three rules hold for every verb, because every verb prints through here:
//!
//! - **Nothing from outside reaches a terminal as it is.** [`out_line!`](crate::out_line) and
//!   [`err_line!`](crate::err_line) print one line and escape every control, bidirectional and invisible character in
//!   it, line breaks too. [`out_text!`](crate::out_text) and [`err_text!`](crate::err_text) let line breaks stand, for
//!   texts of our own. A style is a [`Styled`] value, so nothing needs escape sequences of its own.
//! - **A closed standard output is no failure.** Nothing more is printed, as when the reader of a pipe has seen enough,
//!   and the exit code is still that of what was found. A standard output that cannot be written otherwise, such as one
//!   on a full disk, ends with exit code 2 and a word on standard error.
//! - **Standard error is never needed.** Where it cannot be written, nothing changes.

mod escape;
mod style;

use std::{
    fmt,
    io::{self, ErrorKind, Write},
    process::ExitCode,
    sync::{Mutex, PoisonError},
};

use serde::Serialize;

pub(crate) use escape::{lines, one_line, same_length};
pub(crate) use style::{Style, Styled};

/// Where a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output: what was asked for.
    Output,
    /// Standard error: what is said besides.
    Error,
}

/// Why standard output could not be written, the first time that it could not.
static OUTPUT_ERROR: Mutex<Option<io::Error>> = Mutex::new(None);

/// Prints one line on standard output; what it is made of cannot break or disguise it.
#[macro_export]
macro_rules! out_line {
    () => { $crate::out_line!("") };
    ($($argument:tt)*) => { $crate::console::print_line($crate::console::Stream::Output, ::core::format_args!($($argument)*)) };
}

/// Prints a text of our own on standard output: its line breaks stand, all else is escaped.
#[macro_export]
macro_rules! out_text {
    () => { $crate::out_text!("") };
    ($($argument:tt)*) => { $crate::console::print_text($crate::console::Stream::Output, ::core::format_args!($($argument)*)) };
}

/// Prints one line on standard error; what it is made of cannot break or disguise it.
#[macro_export]
macro_rules! err_line {
    () => { $crate::err_line!("") };
    ($($argument:tt)*) => { $crate::console::print_line($crate::console::Stream::Error, ::core::format_args!($($argument)*)) };
}

/// Prints a text of our own on standard error: its line breaks stand, all else is escaped.
#[macro_export]
macro_rules! err_text {
    () => { $crate::err_text!("") };
    ($($argument:tt)*) => { $crate::console::print_text($crate::console::Stream::Error, ::core::format_args!($($argument)*)) };
}

/// Prints one line.
pub fn print_line(stream: Stream, line: fmt::Arguments<'_>) {
    write(stream, &style::resolved(&one_line(&formatted(line))));
}

/// Prints lines.
pub fn print_text(stream: Stream, text: fmt::Arguments<'_>) {
    write(stream, &style::resolved(&lines(&formatted(text))));
}

/// Prints a JSON document on standard output. Characters that a terminal must not see stand as `\uXXXX`, which is the
/// same document.
pub(crate) fn print_json(document: &impl Serialize) -> Result<(), crate::Failure> {
    let text = serde_json::to_string_pretty(document)
        .map_err(|error| crate::Failure::new(format!("cannot be written as JSON: {error}")))?;
    write(Stream::Output, &escape::json(&text));
    Ok(())
}

/// Prints what a renderer made of escaped text: its own escape sequences stand.
pub(crate) fn print_rendered(text: &str) {
    write(Stream::Output, text);
}

/// Standard output for bytes of our own, such as fixtures. Errors are the caller's.
pub(crate) fn raw_output() -> impl Write {
    io::stdout().lock()
}

/// Whether standard output is still read. Where it is not, a verb that would go on for long may end.
pub(crate) fn is_open() -> bool {
    OUTPUT_ERROR.lock().unwrap_or_else(PoisonError::into_inner).is_none()
}

/// Ends the output: what is still held goes out. Fails where a part could not be written, but not where the reader has
/// gone.
pub(crate) fn finish() -> io::Result<()> {
    let mut failed = OUTPUT_ERROR.lock().unwrap_or_else(PoisonError::into_inner);
    let error = failed.take().or_else(|| io::stdout().flush().err());
    match error {
        Some(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Prints help, or what is wrong with the command line, and gives the exit code.
pub(crate) fn print_usage(usage: &clap::Error) -> ExitCode {
    let stream = if usage.use_stderr() { Stream::Error } else { Stream::Output };
    let rendered = usage.render();
    // Usage repeats arguments and variables: colours only where none of them could disguise itself as one.
    let words = std::env::args_os().chain(std::env::vars_os().map(|(_, value)| value));
    if words.map(|word| word.to_string_lossy().into_owned()).any(|word| escape::is_hiding(&word)) {
        print_text(stream, format_args!("{}", rendered.to_string().trim_end()));
    } else {
        write(stream, rendered.ansi().to_string().trim_end());
    }
    let code = u8::try_from(usage.exit_code()).unwrap_or(2);
    crate::exit::after_output(ExitCode::from(code))
}

fn formatted(arguments: fmt::Arguments<'_>) -> String {
    let mut text = String::new();
    // Writing to a text never fails; what cannot be formatted is left out.
    let _ = fmt::write(&mut text, arguments);
    text
}

/// Writes a text and a line break.
fn write(stream: Stream, text: &str) {
    let line = format!("{text}\n");
    match stream {
        // What goes wrong with standard error can be told to nobody.
        Stream::Error => drop(anstream::stderr().write_all(line.as_bytes())),
        Stream::Output => {
            let mut failed = OUTPUT_ERROR.lock().unwrap_or_else(PoisonError::into_inner);
            if failed.is_none() {
                *failed = anstream::stdout().write_all(line.as_bytes()).err();
            }
        }
    }
}
