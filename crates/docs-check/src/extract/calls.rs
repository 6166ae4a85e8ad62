//! Calls that code shows: `curl` commands and raw HTTP requests.
//!
//! A call names an operation, its host, how it is let in, and a body. It declares nothing: an operation that only a
//! call shows is a mention.

use std::collections::BTreeMap;

use super::{examples, operations::Servers};
use crate::{
    Credential, CredentialPlace, Facts, Mention, Role, Span,
    block::{Block, BlockKind},
    lenient_json,
    limits::EXAMPLES_BYTES_MAX,
    text::Text,
};

/// Languages of fences that can hold a call.
const SHELLS: [&str; 7] = ["", "shell", "bash", "sh", "console", "curl", "zsh"];
/// Longer code is no call that a reader is shown.
const CALL_MAX: usize = 64 * 1024;
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// A call, with places in the code that shows it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Call {
    method: String,
    url: (String, Span),
    /// `Authorization: Basic`, where a flag says it and no header.
    basic: Option<Span>,
    /// Bodies as they stand there, and whether quotation marks in them are escaped.
    bodies: Vec<(Span, Escapes)>,
}

/// How a body writes quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escapes {
    None,
    Backslash,
    /// Otherwise, as where quotations are joined.
    Other,
}

/// What the calls of a document share.
struct CallsRead {
    servers: Servers,
    /// Bytes of JSON that may still be parsed.
    bytes_left: usize,
}

pub(super) fn read(text: &Text<'_>, blocks: &[Block], facts: &mut Facts) {
    let parsed: usize = facts.examples.iter().map(|example| example.span.end - example.span.start).sum();
    let mut calls_read = CallsRead {
        servers: Servers::of(std::mem::take(&mut facts.servers)),
        bytes_left: EXAMPLES_BYTES_MAX.saturating_sub(parsed),
    };
    for block in blocks {
        let BlockKind::Code { language } = &block.kind else { continue };
        let source = text.slice(block.span);
        if source.len() > CALL_MAX {
            continue;
        }
        let shell = SHELLS.contains(&language.as_str()) && source.contains("curl ");
        let calls = if shell {
            commands(source).into_iter().filter_map(|words| curl(source, &words)).collect()
        } else if ["", "http"].contains(&language.as_str()) {
            raw(source).into_iter().collect()
        } else {
            Vec::new()
        };
        for call in calls {
            add(text, block.span, &call, &mut calls_read, facts);
        }
    }
    facts.servers = calls_read.servers.finish();
    facts.mentions.sort_by_key(|mention| mention.span);
    facts.examples.sort_by_key(|example| example.span);
}

fn add(text: &Text<'_>, code: Span, call: &Call, read: &mut CallsRead, facts: &mut Facts) {
    let (url, place) = &call.url;
    let place = place.moved(code.start);
    let Some((server, path)) = super::operations::split_url(url) else { return };
    // What stands on a line of its own declares an operation.
    let before = facts.operations.partition_point(|operation| operation.span.start <= place.start);
    let last = before.checked_sub(1).and_then(|last| facts.operations.get(last));
    let declared = last.is_some_and(|operation| operation.span.contains(place));
    if !declared {
        facts.mentions.push(Mention { method: call.method.clone(), path, span: place });
        if let Some(url) = server.filter(|url| is_host(url)) {
            read.servers.add(&url, place);
        }
    }
    if let Some(flag) = call.basic {
        let (name, scheme) = ("Authorization".to_owned(), Some("Basic".to_owned()));
        if !facts.credentials.iter().any(|known| known.name == name && known.scheme == scheme) {
            let place = CredentialPlace::Header;
            facts.credentials.push(Credential { name, place, scheme, span: flag.moved(code.start) });
        }
    }
    for (body, escapes) in &call.bodies {
        let body = text.trim(body.moved(code.start));
        let source = text.slice(body);
        if !source.starts_with(['{', '[']) {
            continue;
        }
        let left = read.bytes_left.checked_sub(source.len());
        read.bytes_left = left.unwrap_or(read.bytes_left);
        let reading = match escapes {
            _ if left.is_none() => lenient_json::too_large(source, body.start),
            Escapes::None => lenient_json::read(source, body.start),
            Escapes::Backslash => lenient_json::read(&unescaped(source), body.start),
            // What a shell puts together stands nowhere as it is sent.
            Escapes::Other => continue,
        };
        facts.examples.push(examples::read_as(Role::Request, body, reading));
    }
}

/// Whether this is a host of an API: no name that a reader fills in, and no machine of the reader's own.
fn is_host(url: &str) -> bool {
    let host = url.split_once("://").map_or("", |(_, host)| host);
    let named = host.split(':').next().unwrap_or_default().ends_with(|last: char| last.is_ascii_alphabetic());
    named && host.contains('.') && !host.contains(['$', '{', '<', '[', '('])
}

/// A word of a command: what it says, and where it stands without its quotation marks.
#[derive(Debug)]
struct ShellWord {
    text: String,
    span: Span,
    escapes: Escapes,
}

/// The commands of code that begin with `curl`, each as its words. Quotation marks, escapes and broken lines are read
/// as a shell reads them.
fn commands(source: &str) -> Vec<Vec<ShellWord>> {
    let mut commands: Vec<Vec<ShellWord>> = vec![Vec::new()];
    let mut rest = source.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        match character {
            '\\' if rest.peek().is_some_and(|(_, next)| "\r\n".contains(*next)) => {
                while rest.next_if(|(_, next)| "\r\n".contains(*next)).is_some() {}
            }
            '\n' | ';' | '|' | '&' => commands.push(Vec::new()),
            c if c.is_whitespace() => {}
            first => {
                let word = word(source, at, first, &mut rest);
                if let Some(command) = commands.last_mut() {
                    command.push(word);
                }
            }
        }
    }
    for command in &mut commands {
        // What a terminal shows before a command is no part of it.
        let shown = command.iter().take_while(|word| ["$", ">", "%"].contains(&word.text.as_str())).count();
        command.drain(..shown);
    }
    commands.retain(|command| command.first().is_some_and(|word| word.text == "curl"));
    commands
}

fn word(
    source: &str,
    at: usize,
    first: char,
    rest: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
) -> ShellWord {
    let mut text = String::new();
    let mut escapes = Escapes::None;
    let mut quote = None;
    let (mut start, mut end) = (at, at);
    let mut next = Some((at, first));
    while let Some((at, character)) = next {
        end = at + character.len_utf8();
        match (quote, character) {
            (None, '\'' | '"') => {
                quote = Some(character);
                // The whole word is quoted: it stands between the marks.
                start = if text.is_empty() { end } else { start };
            }
            (Some(open), character) if open == character => {
                quote = None;
                let last = rest.peek().is_none_or(|(_, next)| next.is_whitespace());
                end = if last { at } else { end };
                if last {
                    break;
                }
            }
            (None | Some('"'), '\\') => {
                if let Some((at, escaped)) = rest.next() {
                    end = at + escaped.len_utf8();
                    if escaped == '"' {
                        escapes = Escapes::Backslash;
                    }
                    if escaped != '\n' {
                        text.push(escaped);
                    }
                }
            }
            (_, character) => text.push(character),
        }
        let goes_on =
            |next: &(usize, char)| quote.is_some() || !(next.1.is_whitespace() || ";|&".contains(next.1));
        next = rest.next_if(goes_on);
    }
    let end = end.min(source.len());
    let span = Span::new(start.min(end), end);
    let written = source.get(span.start..span.end).unwrap_or_default();
    let as_written = match escapes {
        Escapes::Backslash => written.replace("\\\"", "\"") == text,
        _ => written == text,
    };
    ShellWord { text, span, escapes: if as_written { escapes } else { Escapes::Other } }
}

/// The call of a `curl` command.
fn curl(source: &str, words: &[ShellWord]) -> Option<Call> {
    let mut call = Call::default();
    let mut method = None;
    let mut query_only = false;
    let mut words = words.iter().skip(1);
    while let Some(word) = words.next() {
        let (flag, joined) = match word.text.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => (flag, Some(value.to_owned())),
            _ => (word.text.as_str(), None),
        };
        match flag {
            "-X" | "--request" => method = joined.or_else(|| words.next().map(|word| word.text.clone())),
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" => {
                let body = if joined.is_some() { Some(word) } else { words.next() };
                call.bodies.extend(body.map(|body| {
                    let length = joined.as_ref().map_or(0, |_| flag.len() + 1);
                    (Span::new((body.span.start + length).min(body.span.end), body.span.end), body.escapes)
                }));
            }
            "-u" | "--user" => call.basic = words.next().map(|_| word.span),
            "--url" => call.url = words.next().map(|word| (word.text.clone(), word.span))?,
            "-I" | "--head" => method = Some("HEAD".to_owned()),
            "-G" | "--get" => query_only = true,
            "-H" | "--header" | "-o" | "--output" | "-F" | "--form" | "-A" | "-b" | "-e" | "-w" | "-m"
            | "--cacert" | "--cert" | "--key" | "--data-urlencode" | "--max-time" | "--user-agent" => {
                words.next();
            }
            other => match other.strip_prefix("-X").filter(|method| METHODS.contains(method)) {
                Some(joined) => method = Some(joined.to_owned()),
                None if !other.starts_with('-') && call.url.0.is_empty() => {
                    call.url = (word.text.clone(), word.span);
                }
                None => {}
            },
        }
    }
    let default = if call.bodies.is_empty() || query_only { "GET" } else { "POST" };
    call.method = method.map_or_else(|| default.to_owned(), |method| method.to_uppercase());
    let (url, place) = &call.url;
    let callable = url.contains("://") || url.starts_with('/');
    let known = METHODS.contains(&call.method.as_str()) && source.get(place.start..place.end).is_some();
    (callable && known).then_some(call)
}

/// The call of a raw HTTP request: a line with method and target, headers, an empty line, a body.
fn raw(source: &str) -> Option<Call> {
    let (first, rest) = source.split_once('\n')?;
    let mut words = first.split_whitespace();
    let (method, target) = (words.next()?, words.next()?);
    if !METHODS.contains(&method) || !target.starts_with(['/', 'h']) {
        return None;
    }
    let start = first.find(target)?;
    let place = Span::new(start, start + target.len());
    let mut at = first.len() + 1;
    let mut headers: BTreeMap<String, &str> = BTreeMap::new();
    let mut bodies = Vec::new();
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if line.trim().is_empty() {
            bodies.push((Span::new(at.min(source.len()), source.len()), Escapes::None));
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.insert(name.trim().to_lowercase(), value.trim());
    }
    let host = headers.get("host").filter(|_| target.starts_with('/'));
    let url = host.map_or_else(|| target.to_owned(), |host| format!("https://{host}{target}"));
    Some(Call { method: method.to_owned(), url: (url, place), basic: None, bodies })
}

/// JSON whose quotation marks have a backslash, of the same length: the backslash of a mark that opens a text goes
/// before it, and that of one that closes it after, so that every place stays where it is.
fn unescaped(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut inside = false;
    let mut rest = source;
    while let Some(at) = rest.find("\\\"") {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        text.push_str(if inside { "\" " } else { " \"" });
        inside = !inside;
        rest = after.get(2..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, extract};

    /// The mentions, hosts, credentials and request bodies of code in a fence.
    fn check(fence: &str, mentions: &[(&str, &str)], hosts: &[&str], schemes: &[&str], bodies: &[&str]) {
        let page = format!("# Boats\n\n{fence}\n");
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let found: Vec<_> =
            facts.mentions.iter().map(|found| (found.method.as_str(), found.path.as_str())).collect();
        assert_eq!(found, mentions, "{page}");
        assert_eq!(
            facts.servers.iter().map(|server| server.url.as_str()).collect::<Vec<_>>(),
            hosts,
            "{page}"
        );
        let found: Vec<_> =
            facts.credentials.iter().map(|known| known.scheme.as_deref().unwrap_or(&known.name)).collect();
        assert_eq!(found, schemes, "{page}");
        let shown = facts.examples.iter().filter(|example| example.role == Role::Request);
        let found: Vec<_> = shown
            .map(|example| example.value.as_ref().map(ToString::to_string).unwrap_or_default())
            .collect();
        assert_eq!(found, bodies, "{page}");
        for example in &facts.examples {
            for member in &example.members {
                let key = page.get(member.key_span.start..member.key_span.end).unwrap_or_default();
                assert!(key.contains(member.key.as_str()), "{key} {member:?}");
            }
        }
    }

    #[test]
    fn curl_calls_are_read() {
        check(
            "```shell\n$ curl -X PUT 'https://b.test/boats/7?x=y' \\\n  -H \"Authorization: Bearer abc\" \\\n  --data '{\"name\": \"Argo\",\n \"oars\": 4}'\n```",
            &[("PUT", "/boats/7")],
            &["https://b.test"],
            &["Bearer"],
            &["{\"name\":\"Argo\",\"oars\":4}"],
        );
        check("```bash\ncurl https://b.test/boats\n```", &[("GET", "/boats")], &["https://b.test"], &[], &[]);
        check(
            "```sh\ncurl -u me:secret --json \"{\\\"name\\\": \\\"Argo\\\"}\" https://b.test/boats | jq .\n```",
            &[("POST", "/boats")],
            &["https://b.test"],
            &["Basic"],
            &["{\"name\":\"Argo\"}"],
        );
        check(
            "```bash\ncurl -XDELETE $BASE/boats/7\ncurl -G -d a=b https://{HOST}/boats\n```",
            &[("GET", "/boats")],
            &[],
            &[],
            &[],
        );
        check(
            "```bash\ncurl https://b.test/boats -d '{\"name\": \"Captain'\\''s\"}'\n```",
            &[("POST", "/boats")],
            &["https://b.test"],
            &[],
            &[],
        );
        check("```bash\ncurl http://127.0.0.1:8080/boats\n```", &[("GET", "/boats")], &[], &[], &[]);
        check("```bash\nno-curl https://b.test/boats\n```", &[], &[], &[], &[]);
        check("```bash\ncurl 'https://b.test\n```", &[("GET", "/")], &["https://b.test"], &[], &[]);
    }

    #[test]
    fn raw_requests_are_read() {
        check(
            "```http\nPOST https://b.test/boats HTTP/1.1\nX-Api-Key: abc\n\n{\"name\": \"Argo\"}\n```",
            &[],
            &["https://b.test"],
            &["X-Api-Key"],
            &["{\"name\":\"Argo\"}"],
        );
        check("```http\nHTTP/1.1 200 OK\n\n{}\n```", &[], &[], &[], &[]);
    }
}
