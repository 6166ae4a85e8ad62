//! Base URLs, and the headers that let calls in.

use std::sync::LazyLock;

use regex::Regex;

use super::{SENTENCE_MAX, unmarked};
use crate::{
    BaseUrl, Credential, CredentialPlace, Facts, Span,
    block::{Block, BlockKind, Grid},
    text::Text,
};

static ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[^\s`"'<>|()\[\]]*)?"#).ok());
static CALLED_BASE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bbase\s+url|\bbase\s+uri|\bapi\s+(?:url|host|endpoint)\b|\bserver\s+url").ok()
});
static CREDENTIAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?P<header>Authorization|[A-Za-z][A-Za-z-]*-(?:Api-Key|Token|Instance-ID)|Api-Key)\s*:\s*(?P<scheme>Bearer|Basic|Token|Digest)?",
    )
    .ok()
});

/// “API Key (harbour) - Parameter Name: **X-Harbour**, in: header.”
static KEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\bparameter\s+name:\s*[*_`]*(?P<name>[^\s*`,]{1,100}?)[*_`]*,\s*in:\s*(?P<place>header|query|cookie)\b",
    )
    .ok()
});
/// “HTTP Authentication, scheme: bearer”.
static SCHEME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bhttp\s+authentication,?\s+scheme:?\s*[*_`]*(?P<scheme>[a-z][a-z0-9-]*)").ok()
});

pub(super) fn read(text: &Text<'_>, blocks: &[Block], facts: &mut Facts) {
    // What the sentence before a list calls the addresses in it.
    let mut announced: Option<&str> = None;
    for block in blocks {
        let label_before = std::mem::take(&mut announced);
        match &block.kind {
            BlockKind::Table(grid) => of_table(text, grid, facts),
            BlockKind::Prose | BlockKind::Item | BlockKind::Aside => {
                let sentence = text.slice(block.span);
                if sentence.len() > SENTENCE_MAX {
                    continue;
                }
                credentials(text, block.span, facts);
                stated_credentials(text, block.span, facts);
                let told = CALLED_BASE.as_ref().and_then(|called| called.find(sentence));
                let told = told.map(|told| told.as_str());
                let item = block.kind == BlockKind::Item;
                if let Some(label) = told.or(label_before.filter(|_| item)) {
                    let before = facts.base_urls.len();
                    for (url, span) in addresses(text, block.span) {
                        // A link names its address twice.
                        if !facts.base_urls.iter().skip(before).any(|known| known.url == url) {
                            facts.base_urls.push(BaseUrl { url, label: label.to_owned(), span });
                        }
                    }
                }
                announced = told.filter(|_| sentence.ends_with(':')).or(label_before.filter(|_| item));
            }
            BlockKind::Code { .. } if block.span.end - block.span.start < SENTENCE_MAX => {
                credentials(text, block.span, facts);
            }
            _ => {}
        }
    }
}

/// A table of URLs: the label of one is its column's heading, or the cell in front of it.
fn of_table(text: &Text<'_>, grid: &Grid, facts: &mut Facts) {
    const WORDS: [&str; 5] = ["url", "host", "server", "base", "environment"];
    let headings: Vec<&str> = grid.header.iter().map(|cell| text.slice(*cell)).collect();
    let names_addresses = headings.iter().any(|heading| {
        let lower = heading.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
    });
    if !names_addresses {
        return;
    }
    for row in &grid.rows {
        for (column, cell) in row.cells.iter().enumerate() {
            let Some((url, span)) = addresses(text, *cell).into_iter().next() else { continue };
            let before = column.checked_sub(1).and_then(|before| row.cells.get(before));
            let before = before.map(|cell| unmarked(text, *cell).0).filter(|cell| !cell.contains("://"));
            let label = before.or_else(|| headings.get(column).map(|heading| (*heading).to_owned()));
            facts.base_urls.push(BaseUrl { url, label: label.unwrap_or_default(), span });
        }
    }
}

fn addresses(text: &Text<'_>, span: Span) -> Vec<(String, Span)> {
    let source = text.slice(span);
    let found = ADDRESS.as_ref().into_iter().flat_map(|address| address.find_iter(source));
    let urls = found.map(|found| {
        let url = found.as_str().trim_end_matches(['.', ',', ';', ':', '/']);
        (url.to_owned(), Span::new(found.start(), found.end()).moved(span.start))
    });
    urls.collect()
}

fn credentials(text: &Text<'_>, span: Span, facts: &mut Facts) {
    let source = text.slice(span);
    // Every header that the pattern knows ends in one of these; most code has neither.
    let lower = source.to_ascii_lowercase();
    if source.is_ascii()
        && !["authorization", "-key", "-token", "-instance-id"].iter().any(|end| lower.contains(end))
    {
        return;
    }
    let found = CREDENTIAL.as_ref().into_iter().flat_map(|header| header.captures_iter(source));
    for captures in found {
        let Some(whole) = captures.get(0) else { continue };
        let header = captures.name("header").map(|header| header.as_str().to_owned()).unwrap_or_default();
        let scheme = captures.name("scheme").map(|scheme| scheme.as_str().to_owned());
        let span = Span::new(whole.start(), whole.end()).moved(span.start);
        add(facts, Credential { name: header, place: CredentialPlace::Header, scheme, span });
    }
}

/// Credentials that a list states in so many words.
fn stated_credentials(text: &Text<'_>, span: Span, facts: &mut Facts) {
    let source = text.slice(span);
    if let Some(captures) = KEY.as_ref().and_then(|key| key.captures(source))
        && let (Some(name), Some(place)) = (captures.name("name"), captures.name("place"))
    {
        let span = Span::new(name.start(), name.end()).moved(span.start);
        let place = match place.as_str().to_lowercase().as_str() {
            "query" => CredentialPlace::Query,
            "cookie" => CredentialPlace::Cookie,
            _ => CredentialPlace::Header,
        };
        add(facts, Credential { name: name.as_str().to_owned(), place, scheme: None, span });
    }
    if let Some(scheme) = SCHEME.as_ref().and_then(|scheme| scheme.captures(source)?.name("scheme")) {
        let span = Span::new(scheme.start(), scheme.end()).moved(span.start);
        let (name, mut letters) = ("Authorization".to_owned(), scheme.as_str().chars());
        let scheme = letters.next().map(|first| first.to_uppercase().chain(letters).collect());
        add(facts, Credential { name, place: CredentialPlace::Header, scheme, span });
    }
}

/// No API is let into in more ways than these.
const CREDENTIALS_MAX: usize = 256;

fn add(facts: &mut Facts, credential: Credential) {
    let alike = |known: &Credential| known.name == credential.name && known.scheme == credential.scheme;
    if facts.credentials.len() < CREDENTIALS_MAX && !facts.credentials.iter().any(alike) {
        facts.credentials.push(credential);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, extract};

    fn check(page: &str, bases: &[(&str, &str)], credentials: &[(&str, Option<&str>)]) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let found: Vec<_> =
            facts.base_urls.iter().map(|base| (base.label.as_str(), base.url.as_str())).collect();
        assert_eq!(found, bases);
        let found: Vec<_> =
            facts.credentials.iter().map(|known| (known.name.as_str(), known.scheme.as_deref())).collect();
        assert_eq!(found, credentials);
    }

    #[test]
    fn addresses_and_headers_are_read() {
        check(
            "Production URL | Test URL | \n---|---\n`https://a.test/` | `https://b.test/v1/` | \n",
            &[("Production URL", "https://a.test"), ("Test URL", "https://b.test/v1")],
            &[],
        );
        check("Environment | Base URL\n--|--\nLive | https://a.test\n", &[("Live", "https://a.test")], &[]);
        check(
            "# A\n\nThe base URL is `https://a.test/api`.\n\nSee https://b.test.\n",
            &[("base URL", "https://a.test/api")],
            &[],
        );
        check(
            "# A\n\n`Authorization: Bearer x` and `X-Api-Key: y`\n",
            &[],
            &[("Authorization", Some("Bearer")), ("X-Api-Key", None)],
        );
        check("# A\n\nAuthorization is hard.\n", &[], &[]);
        check(
            "# A\n\nBase URLs:\n\n* <a href=\"https://a.test/v1\">https://a.test/v1</a>\n* <https://b.test>\n\nSee https://c.test.\n",
            &[("Base URL", "https://a.test/v1"), ("Base URL", "https://b.test")],
            &[],
        );
        check(
            "# A\n\n* API Key (quay)\n    - Parameter Name: **X-Quay**, in: query. The quay.\n\n- HTTP Authentication, scheme: bearer\n",
            &[],
            &[("X-Quay", None), ("Authorization", Some("Bearer"))],
        );
    }
}
