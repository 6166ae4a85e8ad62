//! The front end for Markdown.

use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use regex::Regex;

use crate::{
    Link, Span, Word,
    block::{Block, BlockKind, Grid, GridRow, Layout},
    text::Text,
};

/// A heading as an element, up to the first element inside it.
static HEADING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"<h(?P<level>[1-6])(?:\s[^<>]*)?>\s*(?P<title>[^<>\n]{1,300})").ok());

/// What a Markdown document is made of.
pub(crate) fn layout(text: &Text<'_>) -> Layout {
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut collector = Collector {
        text,
        layout: Layout::default(),
        items: Vec::new(),
        grid: None,
        code: None,
        metadata: false,
    };
    for (event, range) in Parser::new_ext(text.as_str(), options).into_offset_iter() {
        collector.take(event, Span::new(range.start, range.end));
    }
    collector.layout
}

struct Collector<'t> {
    text: &'t Text<'t>,
    layout: Layout,
    /// Places in the list of blocks of the items that are open.
    items: Vec<Option<usize>>,
    grid: Option<Grid>,
    /// Language and contents of the code block that is open.
    code: Option<(String, Option<Span>)>,
    /// Whether the lines before the page are being read.
    metadata: bool,
}

impl Collector<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(_) => {
                if let Some((_, contents)) = &mut self.code {
                    let start = contents.map_or(span.start, |known| known.start);
                    *contents = Some(Span::new(start, span.end));
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::MetadataBlock(_) => self.metadata = true,
            Tag::Heading { level, .. } => {
                let title = heading_text(self.text, span);
                self.push(BlockKind::Heading { level: *level as u8 }, title);
            }
            Tag::Paragraph => self.push(BlockKind::Prose, span),
            Tag::Item => {
                let before = self.layout.blocks.len();
                self.push(BlockKind::Item, span);
                self.items.push((self.layout.blocks.len() > before).then_some(before));
            }
            // What an item says ends where a list or an example inside it begins.
            Tag::List(_) => self.end_item(span.start),
            Tag::Link { dest_url, .. } => self.layout.links.push(Link {
                text: link_text(self.text.slice(span)).to_owned(),
                target: Word { text: dest_url.to_string().into(), span },
            }),
            Tag::HtmlBlock if self.text.slice(span).trim_start().starts_with("<aside") => {
                self.push(BlockKind::Aside, span);
            }
            Tag::HtmlBlock => self.headings_of(span),
            Tag::CodeBlock(kind) => {
                self.end_item(span.start);
                let language = match kind {
                    CodeBlockKind::Fenced(information) => {
                        information.split([' ', ',']).next().unwrap_or_default().to_lowercase()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, None));
            }
            Tag::Table(_) => self.grid = Some(Grid::default()),
            Tag::TableRow => {
                if let Some(grid) = &mut self.grid {
                    grid.rows.push(GridRow { span: self.text.trim(span), cells: Vec::new() });
                }
            }
            Tag::TableCell => self.cell(span),
            _ => {}
        }
    }

    fn cell(&mut self, span: Span) {
        let cell = cell_text(self.text, span);
        let Some(grid) = &mut self.grid else { return };
        match grid.rows.last_mut() {
            Some(row) => row.cells.push(cell),
            None => grid.header.push(cell),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::MetadataBlock(_) => self.metadata = false,
            TagEnd::Item => drop(self.items.pop()),
            TagEnd::CodeBlock => {
                if let Some((language, Some(contents))) = self.code.take() {
                    self.push(BlockKind::Code { language }, contents);
                }
            }
            TagEnd::Table => {
                if let Some(grid) = self.grid.take() {
                    self.push(BlockKind::Table(grid), span);
                }
            }
            _ => {}
        }
    }

    /// Headings that the page writes as elements.
    fn headings_of(&mut self, span: Span) {
        let source = self.text.slice(span);
        let Some(element) = HEADING.as_ref().filter(|_| source.contains("<h")) else { return };
        for captures in element.captures_iter(source) {
            let (Some(level), Some(title)) = (captures.name("level"), captures.name("title")) else {
                continue;
            };
            let title = Span::new(title.start(), title.end()).moved(span.start);
            self.push(BlockKind::Heading { level: level.as_str().parse().unwrap_or(1) }, title);
        }
    }

    fn end_item(&mut self, at: usize) {
        let open = self.items.last().copied().flatten();
        if let Some(item) = open.and_then(|index| self.layout.blocks.get_mut(index))
            && item.span.end > at
        {
            item.span = self.text.trim(Span::new(item.span.start, at.max(item.span.start)));
        }
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        let span = self.text.trim(span);
        if !span.is_empty() && !self.metadata {
            self.layout.blocks.push(Block { kind, span });
        }
    }
}

/// The words of `[words](target)`.
fn link_text(source: &str) -> &str {
    source.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(source, |(words, _)| words)
}

/// The title without the marks of a heading.
fn heading_text(text: &Text<'_>, span: Span) -> Span {
    let source = text.slice(span);
    let line = source.lines().next().unwrap_or_default();
    let title = line.trim_start_matches('#');
    let start = span.start + (line.len() - title.len());
    text.trim(Span::new(start, start + title.trim_end().trim_end_matches('#').len()))
}

/// The contents of a cell, without the bars around it.
fn cell_text(text: &Text<'_>, span: Span) -> Span {
    let source = text.slice(span);
    let start = span.start + (source.len() - source.trim_start_matches([' ', '\t', '|']).len());
    let inside = text.trim(Span::new(start.min(span.end), span.end));
    let end = inside.start + text.slice(inside).trim_end_matches([' ', '\t', '|']).len();
    Span::new(inside.start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[(&str, &str)]) {
        let text = Text::new(page.as_bytes());
        let blocks = layout(&text).blocks;
        let found: Vec<_> = blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Heading { level } => (format!("h{level}"), text.slice(block.span).to_owned()),
                BlockKind::Prose => ("p".to_owned(), text.slice(block.span).to_owned()),
                BlockKind::Item => ("li".to_owned(), text.slice(block.span).to_owned()),
                BlockKind::Aside => ("aside".to_owned(), text.slice(block.span).to_owned()),
                BlockKind::Code { language } => {
                    (format!("code {language}"), text.slice(block.span).to_owned())
                }
                BlockKind::Table(grid) => {
                    let row = |cells: &[Span]| {
                        cells.iter().map(|cell| text.slice(*cell)).collect::<Vec<_>>().join("|")
                    };
                    let rows: Vec<_> = grid.rows.iter().map(|cells| row(&cells.cells)).collect();
                    ("table".to_owned(), format!("{}\n{}", row(&grid.header), rows.join("\n")))
                }
            })
            .collect();
        let found: Vec<_> = found.iter().map(|(kind, text)| (kind.as_str(), text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pages_are_cut_into_blocks() {
        check("# One #\n\nTwo\nthree\n\n- four\n", &[("h1", "One"), ("p", "Two\nthree"), ("li", "- four")]);
        check("> Caption:\n\n```json\n{}\n```\n", &[("p", "Caption:"), ("code json", "{}")]);
        check(
            "<aside class=\"notice\">\nSoon.\n</aside>\n",
            &[("aside", "<aside class=\"notice\">\nSoon.\n</aside>")],
        );
        check(
            "<h2 id=\"boat\">Boat</h2>\n<!-- old -->\n<a id=\"boats\"></a>\n\nText\n\n<h3>Parameters</h3>\n",
            &[("h2", "Boat"), ("p", "Text"), ("h3", "Parameters")],
        );
        check("---\ntitle: x\n---\n\nText\n", &[("p", "Text")]);
    }

    #[test]
    fn cells_stand_without_their_bars() {
        check("a | b\n--|--\nc | d\ne |\n", &[("table", "a|b\nc|d\ne|")]);
        check("| a | b |\n|--|--|\n| c | |\n| `e` | f |\n", &[("table", "a|b\nc|\n`e`|f")]);
    }
}
