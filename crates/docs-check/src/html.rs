//! The front end for HTML: turns a page into the Markdown that says the same, and remembers what came from where.
//!
//! Tags that are never closed, closed twice or in the wrong order cost nothing: each tag is taken as it comes.

mod entity;
mod sheet;

use html5gum::{DefaultEmitter, HtmlString, Spanned, StartTag, Token, Tokenizer};

use crate::text::Text;
use sheet::Sheet;

/// Elements whose contents are no part of what a page says.
const SILENT: [&str; 9] =
    ["head", "script", "style", "template", "nav", "svg", "noscript", "iframe", "select"];

/// The same document as Markdown.
pub(crate) fn to_markdown(text: Text<'_>) -> Text<'_> {
    let (content, origin) = {
        let source = text.as_str();
        let mut page = Page { source, sheet: Sheet::default(), silent: None, preformatted: false };
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(source, emitter).flatten() {
            page.take(token);
        }
        page.sheet.finish()
    };
    text.read_as(content, origin)
}

struct Page<'t> {
    source: &'t str,
    sheet: Sheet,
    /// The element whose contents are left out, and how often it is open.
    silent: Option<(String, usize)>,
    preformatted: bool,
}

impl Page<'_> {
    fn take(&mut self, token: Token<usize>) {
        match token {
            Token::StartTag(tag) => {
                let name = name_of(&tag.name);
                if self.silences(&name, tag.self_closing) {
                    return;
                }
                self.sheet.at(tag.span.start);
                self.open(&name, &tag);
            }
            Token::EndTag(tag) => {
                let name = name_of(&tag.name);
                if let Some((silent, depth)) = &mut self.silent {
                    if *silent == name {
                        *depth -= 1;
                        if *depth == 0 {
                            self.silent = None;
                        }
                    }
                    return;
                }
                self.sheet.at(tag.span.start);
                self.close(&name);
            }
            Token::String(Spanned { span, .. }) if self.silent.is_none() => {
                let raw = self.source.get(span.start..span.end.max(span.start)).unwrap_or_default();
                for (piece, at, decoded) in entity::pieces(raw) {
                    match decoded {
                        Some(decoded) => self.sheet.stand_in(&decoded, span.start + at),
                        None if self.preformatted => self.sheet.verbatim(piece, span.start + at),
                        None => self.sheet.prose(piece, span.start + at),
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether this tag is, or is inside, what is left out.
    fn silences(&mut self, name: &str, closed: bool) -> bool {
        if let Some((silent, depth)) = &mut self.silent {
            if silent == name && !closed {
                *depth += 1;
            }
            return true;
        }
        if SILENT.contains(&name) && !closed {
            self.silent = Some((name.to_owned(), 1));
        }
        SILENT.contains(&name)
    }

    fn open(&mut self, name: &str, tag: &StartTag<usize>) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.bytes().last().map_or(1, |digit| usize::from(digit - b'0'));
                self.sheet.block();
                self.sheet.mark(&format!("{} ", "#".repeat(level)));
            }
            "pre" => {
                self.preformatted = true;
                self.sheet.open_code(&language(tag));
            }
            "code" if self.preformatted => self.sheet.name_language(&language(tag)),
            "code" | "tt" | "kbd" => self.sheet.mark("`"),
            "table" => self.sheet.open_table(),
            "tr" => self.sheet.open_row(),
            "td" | "th" => self.sheet.open_cell(),
            "li" | "dt" => self.sheet.open_item(),
            "ul" | "ol" | "dl" => self.sheet.open_list(),
            "dd" => self.sheet.mark(": "),
            "br" => self.sheet.line(),
            "blockquote" | "aside" => self.sheet.open_aside(name),
            "a" => self.sheet.open_link(attribute(tag, "href")),
            "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "hr" | "figure" | "form"
            | "summary" | "details" => self.sheet.block(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "pre" => {
                self.preformatted = false;
                self.sheet.close_code();
            }
            "code" | "tt" | "kbd" if !self.preformatted => self.sheet.mark("`"),
            "table" => self.sheet.close_table(),
            "tr" => self.sheet.close_row(),
            "ul" | "ol" | "dl" => self.sheet.close_list(),
            "aside" => self.sheet.close_aside(),
            "a" => self.sheet.close_link(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "div" | "section" | "article" | "header"
            | "footer" | "main" | "blockquote" | "figure" | "form" | "summary" | "details" => {
                self.sheet.block();
            }
            _ => {}
        }
    }
}

fn name_of(name: &HtmlString) -> String {
    String::from_utf8_lossy(name).into_owned()
}

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// The language that the classes of a code element name.
fn language(tag: &StartTag<usize>) -> String {
    let named = attribute(tag, "data-lang").or_else(|| attribute(tag, "lang"));
    named.unwrap_or_else(|| {
        let classes = attribute(tag, "class").unwrap_or_default();
        let known = ["json", "shell", "bash", "http", "yaml", "xml", "javascript", "python", "ruby", "php"];
        let mut words = classes.split_whitespace().map(|class| {
            class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")).unwrap_or(class)
        });
        words.find(|word| known.contains(word)).unwrap_or_default().to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &str) {
        let text = to_markdown(Text::new(page.as_bytes()));
        assert_eq!(text.as_str().trim(), expected, "{page}");
    }

    #[test]
    fn pages_become_markdown() {
        check("<h2 id=x>Fetch <b>Boat</b></h2><p>One\n  two.</p>", "## Fetch Boat\n\nOne two.");
        check("<ul><li>a<ul><li>b</ul><li>c</ul>d", "- a\n  - b\n- c\n\nd");
        check(
            "<table><tr><th>Key<th>Description<tr><td><code>a|b</code><td>One<br>two</table>",
            "| Key | Description |\n| --- | --- |\n| `a\\|b` | One two |",
        );
        check(
            "<pre><code class=\"language-json\">{\n  &quot;a&quot;: <span>1</span>\n}</code></pre>",
            "````````json\n{\n  \"a\": 1\n}\n````````",
        );
        check("<aside class=notice><p>Not <i>yet</i>.</p></aside>", "<aside>\nNot yet.\n</aside>");
        check("<head><title>x</title></head><nav>Menu</nav><p>Text", "Text");
        check("See <a href=\"#boats\">boats</a>.", "See [boats](#boats).");
        check("<p>AT&amp;T &copy; &lt;id&gt; &bogus; &#65;</p>", "AT&T © <id> &bogus; A");
    }

    #[test]
    fn places_are_those_of_the_page() {
        let page = "<html><body><h1>A</h1>\n<p>x &amp; boatId</p></body></html>";
        let text = to_markdown(Text::new(page.as_bytes()));
        for word in ["A", "boatId", "&"] {
            let start = text.as_str().find(word).unwrap_or_default();
            let span = text.in_source(crate::Span::new(start, start + word.len()));
            assert!(page[span.start..].starts_with(word), "{word} {span:?}");
        }
    }
}
